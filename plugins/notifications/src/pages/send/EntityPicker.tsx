import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Combobox, Tag, TagGroup } from '@backstage/ui';
import {
  RiGroupLine,
  RiPuzzle2Line,
  RiUserLine,
  type RemixiconComponentType,
} from '@remixicon/react';
import { useEffect, useId, useState } from 'react';
import { notificationsTranslationRef } from '../../translation';
import { FieldProblem } from './FieldProblem';
import styles from './Send.module.css';
import { nameOfRef, useEntitySearch } from './useEntitySearch';

const ICONS: Record<string, RemixiconComponentType> = {
  user: RiUserLine,
  group: RiGroupLine,
};

function KindIcon({ of }: { of: string }) {
  const Icon = ICONS[of.split(':')[0]] ?? RiPuzzle2Line;
  return <Icon size={16} aria-hidden />;
}

/** Some entities of the catalog: searched for, then shown as tags that can be taken away. */
export function EntityPicker(props: {
  label: string;
  hint: string;
  chosenLabel: string;
  refs: readonly string[];
  problem: string | undefined;
  onChange: (refs: string[]) => void;
}) {
  const { label, hint, chosenLabel, refs, problem, onChange } = props;
  const { t } = useTranslationRef(notificationsTranslationRef);
  const [typed, setTyped] = useState('');
  // What was chosen keeps the name under which it was found.
  const [names, setNames] = useState<Record<string, string>>({});
  // The list closes when its choice changes, so it has one for a moment.
  const [picked, setPicked] = useState<string | null>(null);
  // ... and while what was typed is taken away it does not take that for typing.
  const [isSettling, setIsSettling] = useState(false);
  useEffect(() => {
    if (picked !== null) {
      setPicked(null);
      setTyped('');
    } else if (isSettling && typed === '') {
      setIsSettling(false);
    }
  }, [picked, isSettling, typed]);
  const { found, isLoading, failed } = useEntitySearch(typed);
  const problemId = useId();
  const nameOf = (ref: string) => names[ref] ?? nameOfRef(ref);
  const options = found
    .filter(({ ref }) => ref === picked || !refs.includes(ref))
    .map(({ ref, name }) => ({
      id: ref,
      label: name,
      description: ref,
      leadingIcon: <KindIcon of={ref} />,
    }));
  const add = (ref: string) => {
    const entity = found.find(one => one.ref === ref);
    if (entity) {
      setNames(known => ({ ...known, [ref]: entity.name }));
      onChange([...refs, ref]);
    }
    setPicked(ref);
    setIsSettling(true);
  };
  return (
    <div className={styles.field}>
      <Combobox
        label={label}
        description={hint}
        placeholder={t('send.searchPlaceholder')}
        options={options}
        search={{ mode: 'server', inputValue: typed, onInputChange: setTyped }}
        loading={{ state: isLoading ? 'filtering' : 'idle' }}
        menuTrigger={isSettling ? 'manual' : 'input'}
        value={picked}
        isInvalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : problemId}
        onChange={key => key !== null && add(String(key))}
      />
      {failed && <FieldProblem text={t('send.searchFailed')} />}
      <FieldProblem id={problemId} text={problem} />
      {refs.length > 0 && (
        <TagGroup
          aria-label={chosenLabel}
          onRemove={removed => onChange(refs.filter(ref => !removed.has(ref)))}
        >
          {refs.map(ref => (
            <Tag
              key={ref}
              id={ref}
              textValue={nameOf(ref)}
              icon={<KindIcon of={ref} />}
            >
              {nameOf(ref)}
            </Tag>
          ))}
        </TagGroup>
      )}
    </div>
  );
}
