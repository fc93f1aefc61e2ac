import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import { useId, useState } from 'react';
import { notificationsTranslationRef } from '../translation';
import { MarkdownText } from './MarkdownText';
import styles from './MessageText.module.css';

/** About as much as goes on a line, which the style keeps readable. */
const LINE_LENGTH = 110;
/** More lines than this are folded to four: there is always something to unfold. */
const LONGEST = 6;

/** Told by the text alone, not by measuring it: a thousand rows are laid out only when they are scrolled to. */
export function isLong(text: string): boolean {
  const lines = text
    .split('\n')
    .reduce(
      (sum, line) => sum + Math.max(1, Math.ceil(line.length / LINE_LENGTH)),
      0,
    );
  return lines > LONGEST;
}

/** The text of a message; a long one is folded until somebody wants it. */
export function MessageText({ text }: { text: string }) {
  const { t } = useTranslationRef(notificationsTranslationRef);
  const [isUnfolded, setIsUnfolded] = useState(false);
  const id = useId();
  if (!isLong(text)) {
    return <MarkdownText text={text} />;
  }
  return (
    <div>
      <div
        id={id}
        className={isUnfolded ? undefined : styles.folded}
        // A link below the fold that is reached with the keyboard is to be seen.
        onFocus={() => setIsUnfolded(true)}
      >
        <MarkdownText text={text} />
      </div>
      <Button
        variant="tertiary"
        size="small"
        className={styles.toggle}
        aria-expanded={isUnfolded}
        aria-controls={id}
        onPress={() => setIsUnfolded(!isUnfolded)}
      >
        {t(isUnfolded ? 'row.showLess' : 'row.showMore')}
      </Button>
    </div>
  );
}
