import { Button, Checkbox, CheckboxGroup } from '@backstage/ui';
import { RiErrorWarningLine } from '@remixicon/react';
import { useId } from 'react';
import { useLanguageName, useT } from '../components/useWords';
import styles from './Publish.module.css';
import type { LanguageChoice } from './publishTarget';

/** The languages that the manuals are translated to, with what is wrong with the choice. */
export function LanguageField(props: {
  languages: LanguageChoice;
  chosen: readonly string[];
  problem: string | undefined;
  onChange: (chosen: string[]) => void;
}) {
  const { languages, chosen, problem, onChange } = props;
  const t = useT();
  const nameOf = useLanguageName();
  const problemId = useId();
  const { source_language: source, target_languages: usual } = languages;
  const offered = languages.available_languages.filter(
    language => language !== source,
  );
  return (
    <div className={styles.fieldset}>
      <CheckboxGroup
        label={t('publish.languages')}
        description={t('publish.languagesHint', { language: nameOf(source) })}
        value={[...chosen]}
        onChange={onChange}
        isInvalid={problem !== undefined}
        validationBehavior="aria"
        aria-describedby={problem === undefined ? undefined : problemId}
      >
        <div className={styles.languages}>
          {offered.map(language => (
            <Checkbox key={language} value={language}>
              {nameOf(language)}
            </Checkbox>
          ))}
        </div>
      </CheckboxGroup>
      {problem !== undefined && (
        <p id={problemId} className={styles.problem} role="alert">
          <RiErrorWarningLine size={14} aria-hidden />
          {problem}
        </p>
      )}
      <div className={styles.choices}>
        <Button
          size="small"
          variant="tertiary"
          onPress={() =>
            onChange(offered.filter(language => usual.includes(language)))
          }
        >
          {t('publish.usualLanguages')}
        </Button>
        <Button
          size="small"
          variant="tertiary"
          onPress={() => onChange(offered)}
        >
          {t('publish.allLanguages')}
        </Button>
      </div>
    </div>
  );
}
