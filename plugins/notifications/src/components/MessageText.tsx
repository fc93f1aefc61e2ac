import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import { useId, useState } from 'react';
import { notificationsTranslationRef } from '../translation';
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

/** Plain text with its line breaks; a long one is folded until somebody wants it. */
export function MessageText({ text }: { text: string }) {
  const { t } = useTranslationRef(notificationsTranslationRef);
  const [isUnfolded, setIsUnfolded] = useState(false);
  const id = useId();
  if (!isLong(text)) {
    return <p className={styles.text}>{text}</p>;
  }
  return (
    <div>
      <p id={id} className={isUnfolded ? styles.text : styles.folded}>
        {text}
      </p>
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
