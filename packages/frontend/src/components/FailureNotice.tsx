import { Button } from '@backstage/ui';
import {
  RiCloudOffLine,
  RiLockLine,
  RiLoginBoxLine,
  RiQuestionLine,
  RiWifiOffLine,
} from '@remixicon/react';
import type { ReactElement } from 'react';
import { errorDetail, refusalOf } from '../refusal';
import { useIsOnline } from '../useIsOnline';
import { Notice } from './Notice';

/** What is said of a failure, in the language of the page. @public */
export type FailureWords = Record<
  'signedOut' | 'denied' | 'unknown' | 'offline' | 'other',
  { title: string; text: string }
> & { retry: string; signIn: string };

type Kind = Exclude<keyof FailureWords, 'retry' | 'signIn'>;

const SIZE = { size: 28 };
const ICONS: Record<Kind, ReactElement> = {
  signedOut: <RiLoginBoxLine {...SIZE} />,
  denied: <RiLockLine {...SIZE} />,
  unknown: <RiQuestionLine {...SIZE} />,
  offline: <RiWifiOffLine {...SIZE} />,
  other: <RiCloudOffLine {...SIZE} />,
};

function kindOf(error: unknown, isOnline: boolean): Kind {
  switch (refusalOf(error)) {
    case 'signed-out':
      return 'signedOut';
    case 'denied':
      return 'denied';
    case 'unknown':
      return 'unknown';
    default:
      return isOnline ? 'other' : 'offline';
  }
}

/** Why something cannot be shown, in words for whoever reads it, and the way on where there is one. @public */
export function FailureNotice(props: {
  error: unknown;
  words: FailureWords;
  /** What is shown where something is unknown; a question mark where it is left out. */
  unknownIcon?: ReactElement;
  onRetry: () => void;
}) {
  const { error, words, unknownIcon, onRetry } = props;
  const kind = kindOf(error, useIsOnline());
  return (
    <Notice
      role="alert"
      icon={(kind === 'unknown' && unknownIcon) || ICONS[kind]}
      {...words[kind]}
      detail={kind === 'other' ? errorDetail(error) : undefined}
    >
      {kind === 'signedOut' && (
        <Button onPress={() => window.location.reload()}>{words.signIn}</Button>
      )}
      {(kind === 'other' || kind === 'offline') && (
        <Button onPress={onRetry}>{words.retry}</Button>
      )}
    </Notice>
  );
}
