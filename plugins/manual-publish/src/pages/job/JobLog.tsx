import { Button } from '@backstage/ui';
import { Moment } from '@herald/frontend';
import { RiArrowDownLine } from '@remixicon/react';
import { DateTime } from 'luxon';
import { memo, useLayoutEffect, useRef, useState, type UIEvent } from 'react';
import type { FollowedJob } from '../../api/useJob';
import { useT } from '../../components/useWords';
import type { LogLine } from '../../jobs/jobView';
import styles from './Job.module.css';

const EMPTY_WORDS = {
  missing: 'job.logMissing',
  none: 'job.logNone',
  'to-come': 'job.logEmpty',
} as const;

/** So near to the end counts as at the end. */
const NEAR = 24;
/** On the way up only this does, or lines that come fast would pull back whoever begins to scroll. */
const ROUNDED = 2;

const Line = memo(({ line }: { line: LogLine }) => (
  <li>
    <Moment moment={line.at} format={DateTime.TIME_24_WITH_SECONDS} />
    <span>{line.message}</span>
  </li>
));

/** What was told of a job, line by line. It follows the newest line until somebody scrolls up. */
export function JobLog(props: {
  log: readonly LogLine[];
  olderLines: number;
  emptyLog: FollowedJob['emptyLog'];
}) {
  const { log, olderLines, emptyLog } = props;
  const t = useT();
  const list = useRef<HTMLOListElement>(null);
  const scrolledTo = useRef(0);
  const [isFollowing, setIsFollowing] = useState(true);
  const onScroll = ({ currentTarget }: UIEvent<HTMLOListElement>) => {
    const { scrollHeight, scrollTop, clientHeight } = currentTarget;
    // Lines that came since leave the end further below, which is nobody's wish to stay.
    const isUpwards = scrollTop < scrolledTo.current;
    scrolledTo.current = scrollTop;
    const isAtEnd =
      scrollHeight - scrollTop - clientHeight < (isUpwards ? ROUNDED : NEAR);
    setIsFollowing(was => isAtEnd || (was && !isUpwards));
  };
  const toEnd = () => {
    const element = list.current;
    if (element) {
      element.scrollTop = element.scrollHeight;
      scrolledTo.current = element.scrollTop;
    }
  };
  // Before anything is painted or scrolled, so that nothing takes the old place for somebody's wish.
  useLayoutEffect(() => {
    if (isFollowing) {
      toEnd();
    }
  }, [log, isFollowing]);
  if (log.length === 0) {
    return <p className={styles.hint}>{t(EMPTY_WORDS[emptyLog])}</p>;
  }
  return (
    <>
      {olderLines > 0 && (
        <p className={styles.hint}>
          {t('job.logOlder', { count: olderLines })}
        </p>
      )}
      {/* It scrolls, so the keyboard has to get to it. */}
      {/* eslint-disable jsx-a11y/no-noninteractive-tabindex */}
      <ol
        ref={list}
        className={styles.log}
        tabIndex={0}
        aria-label={t('job.log')}
        onScroll={onScroll}
      >
        {log.map(line => (
          <Line key={line.id} line={line} />
        ))}
      </ol>
      {!isFollowing && (
        <Button
          size="small"
          variant="tertiary"
          iconStart={<RiArrowDownLine />}
          onPress={() => setIsFollowing(true)}
        >
          {t('job.logNewest')}
        </Button>
      )}
    </>
  );
}
