import type { Manual } from '@herald/backstage-plugin-manual-publish-common';
import { aManual, pageId } from '../src/__testUtils__/examples';

const CHAPTERS = [
  'Getting started',
  'Installation and upgrade of the control plane in air-gapped environments',
  'Networking',
  'Storage',
  'Identity and access',
  'Observability',
  'Troubleshooting',
];
const PAGES = [
  'Overview',
  'Requirements',
  'Step by step',
  'Configuration reference',
  'Limits',
  'Questions and answers',
];

const HOUR = 3_600_000;
const ago = (hours: number) =>
  new Date(Date.now() - hours * HOUR).toISOString();

/** A manual of chapters with pages, some of them changed, some never published. */
function chapters(solution: string, first: number): Manual[] {
  const common = { solution };
  const root = aManual(first, {
    ...common,
    title: solution,
    is_folder: true,
    parent_id: null,
    last_edited: ago(200),
    last_published: ago(20),
  });
  return [
    root,
    ...CHAPTERS.flatMap((title, chapter) => {
      const number = first + 1 + chapter * 10;
      const isNew = chapter === CHAPTERS.length - 1;
      return [
        aManual(number, {
          ...common,
          title,
          is_folder: true,
          parent_id: root.id,
          last_edited: ago(90 + chapter),
          last_published: isNew ? null : ago(20),
          changed: isNew,
        }),
        ...PAGES.map((page, index) => {
          const isChanged = !isNew && (chapter + index) % 5 === 1;
          return aManual(number + 1 + index, {
            ...common,
            title: page,
            parent_id: pageId(number),
            last_edited: ago(isChanged ? 2 + index : 300),
            last_published: isNew ? null : ago(20),
            changed: isNew || isChanged,
          });
        }),
      ];
    }),
  ];
}

/** A thousand pages, four levels deep. */
function manyPages(solution: string, first: number): Manual[] {
  return Array.from({ length: 1_000 }, (_, index) =>
    aManual(first + index, {
      solution,
      title: index === 0 ? solution : `Section ${index}: what it is about`,
      is_folder: index < 112,
      parent_id:
        index === 0 ? null : pageId(first + Math.floor((index - 1) / 9)),
      last_edited: ago(index % 500),
      last_published: index % 7 === 0 ? null : ago(250),
      changed: index % 7 === 0 || index % 500 < 250,
    }),
  );
}

export const exampleManuals: Manual[] = [
  ...chapters('ZCP', 1_000),
  ...manyPages('APIM', 2_000),
];
