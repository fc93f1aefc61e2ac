import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

const OFFERED = 20;
const TYPING_PAUSE = 250;
/** Whoever a message can go to: people, groups, and what has owners. */
const KINDS = [
  'user',
  'group',
  'component',
  'api',
  'system',
  'domain',
  'resource',
];
const FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'spec.profile.displayName',
];

export type FoundEntity = { ref: string; name: string };

function textAt(value: unknown, ...path: string[]): string | undefined {
  const inner = path.reduce<unknown>(
    (current, key) =>
      typeof current === 'object' && current !== null && key in current
        ? (current as Record<string, unknown>)[key]
        : undefined,
    value,
  );
  return typeof inner === 'string' && inner !== '' ? inner : undefined;
}

/** What people call an entity of which only the ref is known. */
export function nameOfRef(ref: string): string {
  return parseEntityRef(ref).name;
}

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), TYPING_PAUSE);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

/** Entities of the catalog whose names hold the text. */
export function useEntitySearch(text: string) {
  const catalogApi = useApi(catalogApiRef);
  const term = useSettled(text.trim());
  const query = useQuery({
    queryKey: ['notifications', 'catalog', term],
    queryFn: async (): Promise<FoundEntity[]> => {
      const { items } = await catalogApi.queryEntities({
        filter: { kind: KINDS },
        fullTextFilter: {
          term,
          fields: [
            'metadata.name',
            'metadata.title',
            'spec.profile.displayName',
          ],
        },
        fields: FIELDS,
        orderFields: { field: 'metadata.name', order: 'asc' },
        limit: OFFERED,
      });
      return items.map(entity => ({
        ref: stringifyEntityRef(entity),
        name:
          textAt(entity.spec, 'profile', 'displayName') ??
          entity.metadata.title ??
          entity.metadata.name,
      }));
    },
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
  return {
    found: query.data ?? [],
    isLoading: query.isFetching,
    failed: query.isError,
  };
}
