import { Entity } from '@backstage/catalog-model';
import emailModule from '@backstage/plugin-notifications-backend-module-email';
import slackModule from '@backstage/plugin-notifications-backend-module-slack';
import { testEngines } from '@herald/test-utils';
import { ADA, BOB, GUEST, people } from '../__testUtils__/people';
import { startNotifications } from '../__testUtils__/startNotifications';
import { slackReceiver } from './__testUtils__/slackReceiver';
import { smtpReceiver } from './__testUtils__/smtpReceiver';
import { until } from './__testUtils__/until';

const databases = testEngines();

const APP = { baseUrl: 'https://portal.example' };

/** The people of the tests, with addresses; the department and ada are on Slack. */
const entities: Entity[] = people.map(entity => ({
  ...entity,
  metadata: {
    ...entity.metadata,
    ...(['ada', 'department'].includes(entity.metadata.name) && {
      annotations: { 'slack.com/bot-notify': `C-${entity.metadata.name}` },
    }),
  },
  spec: {
    ...entity.spec,
    ...(entity.kind === 'User' && {
      profile: { email: `${entity.metadata.name}@example.com` },
    }),
  },
}));

describe.each(databases.eachSupportedId())(
  'upstream’s modules on %s',
  engine => {
    describe('email, unmodified', () => {
      let smtp: Awaited<ReturnType<typeof smtpReceiver>>;
      beforeEach(async () => {
        smtp = await smtpReceiver();
      });
      afterEach(() => smtp.close());

      const start = (config: object = {}) =>
        startNotifications(databases, engine, {
          entities,
          features: [emailModule],
          config: { app: APP },
          notifications: {
            processors: {
              email: {
                transportConfig: {
                  transport: 'smtp',
                  hostname: '127.0.0.1',
                  port: smtp.port,
                },
                sender: 'portal@example.com',
                throttleInterval: { milliseconds: 1 },
                ...config,
              },
            },
          },
        });
      const recipients = () => smtp.mails.map(({ to }) => to).sort();

      it('mails each member of a group, through subgroups, once', async () => {
        const portal = await start();
        await portal.send({
          title: 'Release',
          message: 'It is out',
          targetGroups: ['default/department'],
          targetUsers: ['default/guest'],
          actions: [{ title: 'Notes', url: '/releases/1' }],
        });
        await until(async () => (await idle(portal)) && smtp.mails.length > 1);

        expect(recipients()).toEqual(['ada@example.com', 'guest@example.com']);
        expect(smtp.mails[0].subject).toBe('Release');
        expect(smtp.mails[0].body).toContain('It is out');
        // It has no link of its own; its first action is where the mail leads.
        expect(smtp.mails[0].body).toContain(
          'https://portal.example/releases/1',
        );
      });

      it('mails nobody who is excluded, or has muted the origin there', async () => {
        const portal = await start();
        const { body } = await portal.get('/preferences', ADA).expect(200);
        expect(body.channels).toEqual(['web', 'Email']);
        await portal
          .put('/preferences', ADA)
          .send({
            rules: [{ channel: 'Email', origin: 'tests', enabled: false }],
          })
          .expect(200);
        await portal.send({
          title: 'Muted by ada, not for guest',
          targetGroups: ['default/company'],
          targetUsers: ['default/bob'],
          excludedEntities: ['group:default/team'],
        });
        await until(async () => (await idle(portal)) && smtp.mails.length > 0);
        expect(recipients()).toEqual(['bob@example.com']);
        // Muted there is not muted here.
        expect(await portal.titles(ADA)).toHaveLength(1);
      });

      it('respects the filter of its configuration', async () => {
        const portal = await start({ filter: { minSeverity: 'high' } });
        await portal.send({ title: 'Low', targetUsers: ['default/bob'] });
        await portal.send({
          title: 'High',
          severity: 'high',
          targetUsers: ['default/bob'],
        });
        await until(async () => (await idle(portal)) && smtp.mails.length > 0);
        expect(smtp.mails.map(({ subject }) => subject)).toEqual(['High']);
      });

      it('is asked once about a message to everybody', async () => {
        const portal = await start({
          broadcastConfig: {
            receiver: 'config',
            receiverEmails: ['all@example.com'],
          },
        });
        await portal.send({ title: 'Hello all' });
        await until(async () => (await idle(portal)) && smtp.mails.length > 0);
        expect(recipients()).toEqual(['all@example.com']);
      });
    });

    describe('Slack, unmodified', () => {
      let slack: Awaited<ReturnType<typeof slackReceiver>>;
      beforeEach(async () => {
        slack = await slackReceiver();
      });
      afterEach(() => slack.close());

      const start = () =>
        startNotifications(databases, engine, {
          entities,
          features: [slackModule],
          config: { app: APP },
          notifications: {
            processors: {
              slack: [
                {
                  token: 'xoxb-test',
                  broadcastChannels: ['C-everybody'],
                  throttleInterval: { milliseconds: 1 },
                },
              ],
            },
          },
        });
      const sent = () =>
        slack.calls.map(({ method, fields }) => `${method} ${fields.channel}`);

      it('posts to the channel of a group before the message is stored, and to a named user after', async () => {
        const portal = await start();
        await portal.send({
          title: 'Release',
          targetGroups: ['default/department'],
        });
        expect(sent()).toEqual(['chat.postMessage C-department']);
        await portal.send({ title: 'For ada', targetUsers: ['default/ada'] });
        await until(async () => (await idle(portal)) && sent().length > 1);
        expect(sent()).toEqual([
          'chat.postMessage C-department',
          'chat.postMessage C-ada',
        ]);
        expect(await portal.titles(ADA)).toEqual(['For ada', 'Release']);
      });

      it('changes its message when one of the same scope comes', async () => {
        const portal = await start();
        const send = (title: string) =>
          portal.send({
            title,
            scope: 'build-1',
            targetUsers: ['default/ada'],
          });
        await send('Running');
        await until(async () => (await idle(portal)) && sent().length === 1);
        await send('Done');
        await until(async () => (await idle(portal)) && sent().length === 2);
        expect(sent()).toEqual(['chat.postMessage C-ada', 'chat.update C-ada']);
      });

      it('posts a broadcast to the channels of its configuration', async () => {
        const portal = await start();
        await portal.send({ title: 'Hello all' });
        await until(async () => (await idle(portal)) && sent().length > 0);
        expect(sent()).toEqual(['chat.postMessage C-everybody']);
        expect(await portal.titles(BOB, 'messageScope=system')).toHaveLength(1);
        expect(await portal.titles(GUEST)).toEqual([]);
      });
    });
  },
);

/** Whether all work is done. */
async function idle({
  knex,
}: Awaited<ReturnType<typeof startNotifications>>): Promise<boolean> {
  return (await knex('herald_notifications_work').first()) === undefined;
}
