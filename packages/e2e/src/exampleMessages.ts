import type { OutgoingMessage } from './send';

const GUEST = { targetUsers: ['default/guest'] };

/** An inbox as people have it, in each of its forms. Newest last, as they are sent. */
export const PERSONAL: OutgoingMessage[] = [
  {
    ...GUEST,
    title: 'Your access to the handbook was granted',
    message: 'Chloé Martin approved your request.',
    origin: 'access-requests',
    topic: 'access',
    type: 'success',
  },
  {
    targetGroups: ['default/engineering'],
    title: 'Postgres 17 is the default for new services',
    message:
      'Existing services move in the first quarter; nothing to do today.',
    origin: 'platform',
    topic: 'databases',
    severity: 'low',
    actions: [{ title: 'Read the decision', url: '/catalog' }],
  },
  {
    ...GUEST,
    title: 'Публикация руководства завершена',
    message: 'Переведено 48 страниц из 48.',
    origin: 'manual-publish',
    topic: 'handbook',
    type: 'success',
    solution: 'ZCP',
    document_title: 'Начало работы',
    actions: [{ title: 'Open the site', url: 'https://docs.example.com' }],
  },
  {
    targetGroups: ['default/docs'],
    title: 'Two broken links in the handbook',
    message:
      'They were fine last week:\n\n- **Onboarding**, in `first-day.md`\n- **Travel**, in `expenses.md`',
    origin: 'link-checker',
    topic: 'handbook',
    severity: 'high',
    type: 'error',
    actions: [
      { title: 'See the report', url: 'https://links.example.com/report' },
      { title: 'Open the handbook', url: '/catalog' },
    ],
  },
  {
    ...GUEST,
    title: 'Deployment of portal 0.1.0 succeeded',
    message: 'Rolled out to both replicas in 41 seconds.',
    origin: 'deployments',
    topic: 'portal',
    type: 'success',
    link: 'https://deploy.example.com/41',
    actions: [
      { title: 'See the rollout', url: 'https://deploy.example.com/41' },
    ],
  },
  {
    targetGroups: ['default/docs'],
    title: 'The certificate of docs.example.com runs out tomorrow',
    message: 'Renew it today, or readers are warned off the site.',
    origin: 'certificates',
    topic: 'expiry',
    severity: 'critical',
    link: '/catalog',
  },
];

export const UPDATES: OutgoingMessage[] = [
  {
    title: 'The portal rests on Sunday from 6 to 7',
    message: 'The database is being moved.',
    origin: 'operations',
    topic: 'maintenance',
    type: 'processing',
  },
];

/** Twelve of one origin at once. */
export const BURST: OutgoingMessage[] = Array.from(
  { length: 12 },
  (_, index) => ({
    ...GUEST,
    title: `Build ${index + 4701} is green`,
    origin: 'ci',
    topic: 'builds',
    type: 'success',
  }),
);
