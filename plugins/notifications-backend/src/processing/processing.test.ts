import { mockServices } from '@backstage/backend-test-utils';
import { Notification } from '@backstage/plugin-notifications-common';
import {
  NotificationProcessor,
  NotificationSendOptions,
} from '@backstage/plugin-notifications-node';
import { Entity } from '@backstage/catalog-model';
import { testEngines } from '@herald/test-utils';
import { WorkQueue } from '@herald/work-queue';
import { ADA, BOB, GUEST, people } from '../__testUtils__/people';
import { startNotifications } from '../__testUtils__/startNotifications';
import { DatabaseDispatches } from '../database/DatabaseDispatches';
import { WORK_PREFIX } from '../database/workTable';
import { noting } from './__testUtils__/noting';
import { processorModule } from './__testUtils__/processorModule';
import { until } from './__testUtils__/until';

const databases = testEngines();
const WORK = 'herald_notifications_work';

type Portal = Awaited<ReturnType<typeof startNotifications>>;

const idle = async ({ knex }: Portal) =>
  (await knex(WORK).whereNot({ state: 'dead' }).first()) === undefined;

/** The members of the crowd: 1,200 people. */
const crowd: Entity[] = [
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name: 'crowd', namespace: 'default' },
    spec: {},
  },
  ...Array.from({ length: 1_200 }, (_, index) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name: `u${index}`, namespace: 'default' },
    spec: {},
    relations: [{ type: 'memberOf', targetRef: 'group:default/crowd' }],
  })),
];

describe.each(databases.eachSupportedId())('processing on %s', engine => {
  const start = (
    processors: NotificationProcessor[],
    options: Parameters<typeof startNotifications>[2] = {},
  ) =>
    startNotifications(databases, engine, {
      ...options,
      features: [processorModule(processors), ...(options.features ?? [])],
    });
  const users = (processor: ReturnType<typeof noting>) =>
    processor.got.map(({ user }) => user).sort();

  it('leaves no work behind where there are no processors', async () => {
    const portal = await startNotifications(databases, engine);
    await portal.send({ targetGroups: ['default/company'] });
    expect(await portal.knex(WORK)).toEqual([]);
    expect(await portal.knex('herald_dispatch')).toEqual([]);
  });

  it('reaches each of many members once, also who is named besides', async () => {
    const mail = noting('Mail');
    const portal = await start([mail], { entities: [...people, ...crowd] });
    await portal.send({
      targetGroups: ['default/crowd', 'default/team'],
      targetUsers: ['default/u7', 'default/bob'],
    });
    await until(async () => (await idle(portal)) && mail.got.length > 1_000);
    expect(mail.got).toHaveLength(1_202);
    expect(new Set(users(mail)).size).toBe(1_202);
    expect(users(mail)).toEqual(expect.arrayContaining([BOB, GUEST]));
  });

  it('leaves out members of excluded groups, however they are reached', async () => {
    const mail = noting('Mail');
    const portal = await start([mail]);
    await portal.send({
      targetGroups: ['default/company'],
      targetUsers: ['default/guest', 'default/bob'],
      excludedEntities: ['group:default/team'],
    });
    await until(async () => (await idle(portal)) && mail.got.length > 0);
    expect(users(mail)).toEqual([ADA, BOB]);
  });

  it('is not muted where an origin is mandatory', async () => {
    const mail = noting('Mail');
    const portal = await start([mail]);
    const rules = (origin: string) => ({
      rules: [{ channel: 'Mail', origin, enabled: false }],
    });
    await portal.put('/preferences', GUEST).send(rules('security')).expect(200);
    await portal
      .put('/preferences/defaults', ADA)
      .send({ rules: [], mandatoryOrigins: ['security'] })
      .expect(200);
    await portal.send({ origin: 'security', targetUsers: ['default/guest'] });
    await until(async () => (await idle(portal)) && mail.got.length > 0);
    expect(users(mail)).toEqual([GUEST]);
  });

  it('stores what processOptions makes of a message, and passes over one that fails or talks nonsense', async () => {
    const logger = mockServices.logger.mock();
    const portal = await start(
      [
        noting('Throws', {
          processOptions: async () => {
            throw new Error('no');
          },
        }),
        noting('Nonsense', {
          processOptions: async options => ({
            ...options,
            payload: { ...options.payload, link: 'ftp://host/file' },
          }),
        }),
        noting('Shouts', {
          processOptions: async options => ({
            ...options,
            payload: { ...options.payload, title: 'LOUD', severity: 'high' },
          }),
        }),
        noting('Redirects', {
          processOptions: async options => ({
            ...options,
            recipients: {
              type: 'entity',
              entityRef: ['user:bob', 'user:default/nobody'],
            },
          }),
        }),
      ],
      { features: [logger.factory] },
    );
    await portal.send({
      title: 'quiet',
      message: 'stays',
      targetUsers: ['default/guest'],
      actions: [{ title: 'Open', url: '/here' }],
    });
    expect(await portal.titles(GUEST)).toEqual([]);
    const { body } = await portal.get('/notifications', BOB);
    expect(body).toEqual([
      expect.objectContaining({
        title: 'LOUD',
        severity: 'high',
        message: 'stays',
      }),
    ]);
    // What stood in for a link did not become one.
    expect(body[0].link).toBeUndefined();
    const errors = logger.error.mock.calls.map(([text]) => text).join('\n');
    expect(errors).toMatch(/processor Throws failed.*\n.*processor Nonsense/);
  });

  it('takes a message for a normal one where processOptions leaves its severity out', async () => {
    const portal = await start([
      noting('Rebuilds', {
        processOptions: async ({ recipients, payload }) => ({
          recipients,
          payload: { title: `${payload.title}!` },
        }),
      }),
    ]);
    await portal.send({
      title: 'T',
      severity: 'critical',
      targetUsers: ['default/guest'],
    });
    const { body } = await portal.get('/notifications', GUEST);
    expect(body).toMatchObject([{ title: 'T!', severity: 'normal' }]);
  });

  it('asks processors about a message that waits when its moment has come', async () => {
    const mail = noting('Mail');
    const asked: string[] = [];
    const portal = await start([
      mail,
      noting('Asked', {
        processOptions: async options => {
          asked.push(options.payload.title);
          return options;
        },
      }),
    ]);
    await portal.send({
      title: 'Later',
      targetUsers: ['default/guest'],
      sendAt: new Date(Date.now() + 1_500).toISOString(),
    });
    expect(asked).toEqual([]);
    await until(() => mail.got.length > 0);
    expect(asked).toEqual(['Later']);
  });

  it('gives what preProcess returns to the later ones and to every postProcess, and stores it for nobody', async () => {
    const first = noting('First', {
      preProcess: async notification => ({
        ...notification,
        payload: {
          ...notification.payload,
          title: `${notification.payload.title} +1 ${notification.user}`,
        },
      }),
    });
    const second = noting('Second', {
      preProcess: async notification => ({
        ...notification,
        payload: {
          ...notification.payload,
          title: `${notification.payload.title} +2`,
        },
      }),
    });
    const portal = await start([first, second]);
    await portal.send({ title: 'T', targetUsers: ['default/ada'] });
    await until(() => first.got.length + second.got.length === 2);
    expect(first.got).toEqual([{ user: ADA, title: `T +1 ${ADA} +2` }]);
    expect(second.got).toEqual(first.got);
    expect(await portal.titles(ADA)).toEqual(['T']);
  });

  it('keeps what a processor writes into what it is given from the other recipients', async () => {
    const titles: string[] = [];
    const portal = await start([
      {
        getName: () => 'Signs',
        async postProcess(notification, options) {
          notification.payload.title += ` for ${notification.user}`;
          options.payload.link = `/${notification.user}`;
          titles.push(notification.payload.title);
        },
      },
    ]);
    await portal.send({
      title: 'T',
      targetUsers: ['default/ada', 'default/bob', 'default/guest'],
    });
    await until(async () => (await idle(portal)) && titles.length === 3);
    expect(titles.sort()).toEqual(
      [ADA, BOB, GUEST].map(user => `T for ${user}`).sort(),
    );
  });

  it('tries one recipient again, and nobody else', async () => {
    const attempts: (string | null)[] = [];
    const portal = await start([
      {
        getName: () => 'Mail',
        async postProcess({ user }) {
          attempts.push(user);
          if (user === BOB && attempts.filter(of => of === BOB).length < 3) {
            throw new Error('mailbox is busy');
          }
        },
      },
    ]);
    await portal.send({
      targetUsers: ['default/bob', 'default/ada'],
      targetGroups: ['default/team'],
    });
    await until(async () => (await idle(portal)) && attempts.length === 5);
    expect([...attempts].sort()).toEqual([ADA, BOB, BOB, BOB, GUEST]);
  });

  it('lets the others go on without one that keeps failing before, and tries that one on its own', async () => {
    const other = noting('Other');
    const broken = noting('Broken', {
      preProcess: async () => {
        throw new Error('broken');
      },
    });
    const portal = await start([broken, other], {
      notifications: { processing: { maxAttempts: 3 } },
    });
    await portal.send({ title: 'T', targetUsers: ['default/guest'] });
    await until(() => other.got.length > 0);
    expect(other.got).toEqual([{ user: GUEST, title: 'T' }]);
    await until(
      async () =>
        (await portal.knex(WORK).pluck('kind')).join() === 'process:Broken',
    );
  });

  it('keeps what fails for good, to be driven again', async () => {
    let isBroken = true;
    const mail = noting('Mail');
    const note = mail.postProcess?.bind(mail);
    const portal = await start(
      [
        {
          ...mail,
          async postProcess(notification, options) {
            if (isBroken) {
              throw new Error('no mail server');
            }
            await note?.(notification, options);
          },
        },
      ],
      { notifications: { processing: { maxAttempts: 1 } } },
    );
    await portal.send({ targetUsers: ['default/guest'] });
    const operator = new WorkQueue({
      knex: portal.knex,
      prefix: 'herald_notifications_',
      logger: mockServices.logger.mock(),
    });
    await until(async () => (await operator.deadItems()).length === 1);
    expect((await operator.deadItems())[0].lastError).toBe('no mail server');

    isBroken = false;
    await operator.redrive({ kind: 'process:Mail' });
    await until(() => mail.got.length === 1);
    expect(users(mail)).toEqual([GUEST]);
  });

  it('takes a call that hangs for failed, and nobody waits for it', async () => {
    const other = noting('Other');
    let calls = 0;
    const portal = await start(
      [
        {
          getName: () => 'Hangs',
          postProcess: () => {
            calls += 1;
            return calls === 1 ? new Promise(() => {}) : Promise.resolve();
          },
        },
        other,
      ],
      { notifications: { processing: { timeout: { seconds: 1 } } } },
    );
    await portal.send({ targetUsers: ['default/guest'] });
    await until(() => other.got.length === 1);
    expect(calls).toBe(1);
    await until(async () => calls === 2 && (await idle(portal)));
  });

  it('mails twice at the most whom a lost process was at, and nobody else', async () => {
    const got: string[] = [];
    const isAtBob: (() => void)[] = [];
    const mail = (process: string): NotificationProcessor => ({
      getName: () => 'Mail',
      async postProcess({ user }) {
        got.push(`${process} ${user}`);
        if (process === 'lost' && user === BOB) {
          // The mail is out; the process says nothing any more, until long after.
          await new Promise<void>(resolve => isAtBob.push(resolve));
        }
      },
    });
    // One at a time, so that it takes nothing else while it is at bob.
    const lost = await start([mail('lost')], {
      notifications: { processing: { concurrency: 1 } },
    });
    const { knex } = lost;
    await lost.send({ targetUsers: ['default/ada', 'default/guest'] });
    await until(async () => got.length === 2 && (await idle(lost)));
    await lost.send({ targetUsers: ['default/bob'] });
    await until(async () => isAtBob.length === 1);
    await until(async () => (await knex(WORK)).length === 1);

    await knex(WORK).update({ lease_until: 1 });
    const heir = await start([mail('heir')], { knex });
    await until(async () => got.length === 4 && (await idle(heir)));
    isAtBob[0]();
    expect(got.sort()).toEqual([
      `heir ${BOB}`,
      `lost ${ADA}`,
      `lost ${BOB}`,
      `lost ${GUEST}`,
    ]);
    expect(await idle(lost)).toBe(true);
  });

  it('hands over nothing of a message that was withdrawn', async () => {
    const titles: string[] = [];
    let isBroken = true;
    const portal = await start([
      {
        getName: () => 'Mail',
        async postProcess({ payload }) {
          titles.push(payload.title);
          if (isBroken) {
            throw new Error('not now');
          }
        },
      },
    ]);
    const id = await portal.send({
      title: 'Oops',
      targetUsers: ['default/guest'],
    });
    await until(() => titles.length === 1);
    await portal.by(ADA, 'delete', `/notifications/${id}`).expect(204);
    isBroken = false;
    await until(() => idle(portal));
    expect(titles).toEqual(['Oops']);
  });

  it('forgets what it was told of messages that are gone, or long past', async () => {
    const portal = await start([noting('Mail')]);
    const kept = await portal.send({ targetUsers: ['default/guest'] });
    const old = await portal.send({ targetUsers: ['default/guest'] });
    const gone = await portal.send({ targetUsers: ['default/guest'] });
    await until(() => idle(portal));
    await portal.by(ADA, 'delete', `/notifications/${gone}`).expect(204);
    const day = 24 * 60 * 60_000;
    await portal
      .knex('herald_dispatch')
      .where({ id: old })
      .update({ created_at: Date.now() - 31 * day });
    const dispatches = new DatabaseDispatches(portal.knex, {
      work: new WorkQueue({
        knex: portal.knex,
        prefix: WORK_PREFIX,
        logger: mockServices.logger.mock(),
      }),
      now: () => new Date(),
    });
    expect(await dispatches.purge()).toBe(2);
    expect(await portal.knex('herald_dispatch').pluck('id')).toEqual([kept]);
  });

  it('gives two processors of one name their own work, and one channel', async () => {
    const one = noting('Slack');
    const two = noting('Slack');
    const portal = await start([one, two]);
    await portal.send({ targetUsers: ['default/guest'] });
    await until(() => one.got.length + two.got.length === 2);
    expect(users(one)).toEqual(users(two));
    const { body } = await portal.get('/preferences', GUEST);
    expect(body.channels).toEqual(['web', 'Slack']);
  });

  it('tells processors that a message of the same scope came again', async () => {
    const seen: Notification[] = [];
    const options: NotificationSendOptions[] = [];
    const portal = await start([
      {
        getName: () => 'Mail',
        async postProcess(notification, sent) {
          seen.push(notification);
          options.push(sent);
        },
      },
    ]);
    const send = (title: string) =>
      portal.send({
        title,
        scope: 's',
        topic: 'ci',
        targetGroups: ['default/team'],
      });
    const id = await send('one');
    await until(() => seen.length === 1);
    await send('two');
    await until(() => seen.length === 2);
    expect(seen[0]).toEqual({
      id,
      user: GUEST,
      created: expect.any(Date),
      origin: 'tests',
      payload: { title: 'one', severity: 'normal', topic: 'ci', scope: 's' },
    });
    expect(seen[1]).toMatchObject({
      id,
      created: seen[0].created,
      updated: expect.any(Date),
      payload: { title: 'two' },
    });
    expect(options[0].recipients).toEqual({
      type: 'entity',
      entityRef: ['group:default/team'],
    });
  });

  describe('with a recipient resolver of somebody else’s', () => {
    const startWith = (
      userEntityRefs: string[],
      asked: object[] = [],
      processors: NotificationProcessor[] = [],
    ) =>
      startNotifications(databases, engine, {
        features: [
          processorModule(processors, {
            async resolveNotificationRecipients(query) {
              asked.push(query);
              return { userEntityRefs };
            },
          }),
        ],
      });

    it('sends to the users that it names, whatever the catalog knows', async () => {
      const asked: object[] = [];
      const mail = noting('Mail');
      const portal = await startWith(
        ['user:default/guest', 'user:bob', 'group:default/company', 'user:bob'],
        asked,
        [mail],
      );
      await portal.send({
        title: 'Resolved',
        targetEntities: ['oncall:default/tonight'],
        excludedEntities: ['user:default/ada'],
      });
      expect(asked).toEqual([
        {
          entityRefs: ['oncall:default/tonight'],
          excludedEntityRefs: ['user:default/ada'],
        },
      ]);
      expect(await portal.titles(GUEST)).toEqual(['Resolved']);
      expect(await portal.titles(BOB)).toEqual(['Resolved']);
      expect(await portal.titles(ADA)).toEqual([]);
      await until(() => mail.got.length === 2);
      expect(users(mail)).toEqual([BOB, GUEST]);
    });

    it('refuses a message that it finds nobody for', async () => {
      const portal = await startWith([]);
      await portal
        .post({ origin: 'o', title: 't', targetUsers: ['default/guest'] })
        .expect(404);
      expect(await portal.knex('herald_message')).toEqual([]);
    });

    it('is not asked about everybody', async () => {
      const asked: object[] = [];
      const portal = await startWith([], asked);
      await portal.send({ title: 'All' });
      expect(asked).toEqual([]);
      expect(await portal.titles(BOB, 'messageScope=system')).toEqual(['All']);
    });
  });
});
