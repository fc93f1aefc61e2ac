import { Alert, Button } from '@backstage/ui';
import { errorDetail, refusalOf } from '@herald/frontend';
import type { ReactNode } from 'react';
import type { FollowedJob } from '../../api/useJob';
import { useFailureWords, useT } from '../../components/useWords';

/** Says where a publication cannot be followed as it goes on, and how old what is shown may be. */
export function Connection({ followed }: { followed: FollowedJob }) {
  const { stream, problem, retry } = followed;
  const t = useT();
  if (stream === 'offline') {
    return <Warning title={t('job.stream.offline')} />;
  }
  if (problem) {
    return <NoAnswer problem={problem} onRetry={retry} />;
  }
  return stream === 'polling' || stream === 'refused' ? (
    <Warning title={t('job.stream.polling')} />
  ) : null;
}

function NoAnswer(props: { problem: unknown; onRetry: () => void }) {
  const { problem, onRetry } = props;
  const t = useT();
  const words = useFailureWords('job');
  const retry = (
    <Button size="small" variant="tertiary" onPress={onRetry}>
      {words.retry}
    </Button>
  );
  switch (refusalOf(problem)) {
    case 'signed-out':
      return <Warning {...words.signedOut} actions={retry} />;
    case 'denied':
      return <Warning {...words.denied} actions={retry} />;
    case 'unknown':
      return <Warning {...words.unknown} />;
    default:
      return (
        <Warning
          title={t('job.stream.failing')}
          text={errorDetail(problem)}
          actions={retry}
        />
      );
  }
}

function Warning(props: { title: string; text?: string; actions?: ReactNode }) {
  const { title, text, actions } = props;
  return (
    <Alert
      role="status"
      status="warning"
      icon
      title={title}
      description={text}
      customActions={actions}
    />
  );
}
