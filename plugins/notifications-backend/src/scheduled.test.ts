import { NotificationRecipientResolver } from '@backstage/plugin-notifications-node';
import { SendNotification } from '@herald/backstage-plugin-notifications-common';
import { testEngines } from '@herald/test-utils';
import { ADA, BOB, GUEST } from './__testUtils__/people';
import { startNotifications } from './__testUtils__/startNotifications';
import { processorModule } from './processing/__testUtils__/processorModule';
import { until } from './processing/__testUtils__/until';

const databases = testEngines();
const WAITING = 'herald_scheduled_message';
const WORK = 'herald_notifications_work';

describe.each(databases.eachSupportedId())(
  'a message that waits for its moment on %s',
  engine => {
    async function start(
      options: Parameters<typeof startNotifications>[2] = {},
    ) {
      const portal = await startNotifications(databases, engine, {
        config: { permission: { enabled: false } },
        notifications: { administrators: [BOB] },
        ...options,
      });
      const send = async (
        notification: Partial<SendNotification> = {},
      ): Promise<string> => {
        const { body } = await portal
          .by(ADA, 'post', '/notifications')
          .send({
            origin: 'ci',
            title: 'A title',
            targetUsers: ['default/guest'],
            ...notification,
          })
          .expect(200);
        return body.messageId;
      };
      const sendSoon = (notification: Partial<SendNotification> = {}) =>
        send({
          sendAt: new Date(Date.now() + 300).toISOString(),
          ...notification,
        });
      const nothingWaits = () =>
        until(async () => (await portal.knex(WAITING)).length === 0);
      return { portal, send, sendSoon, nothingWaits };
    }

    describe('and takes the place of an earlier one by its scope', () => {
      it('is found, marked, corrected and withdrawn by the id that its sender was given', async () => {
        const { portal, send, sendSoon, nothingWaits } = await start();
        const earlier = await send({ scope: 'build', title: 'red' });
        const given = await sendSoon({ scope: 'build', title: 'green' });
        expect(given).not.toBe(earlier);
        await nothingWaits();

        const found = await portal
          .get(`/notifications/${given}`, GUEST)
          .expect(200);
        expect(found.body).toMatchObject({ id: earlier, title: 'green' });
        for (const put of ['read', 'archived', 'saved']) {
          await portal
            .put(`/notifications/${put}?messageId=${given}&${put}=true`, GUEST)
            .expect(200);
        }
        await portal
          .put(`/notifications/read/all?upTo=${given}`, GUEST)
          .expect(200);
        const marked = await portal.get(`/notifications/${earlier}`, GUEST);
        expect(marked.body).toMatchObject({
          readByUser: true,
          archived: true,
          saved: true,
        });

        const correct = (userRef: string) =>
          portal
            .by(userRef, 'patch', `/notifications/${given}`)
            .send({ title: 'dark green' });
        await correct('user:default/rita').expect(403);
        const corrected = await correct(ADA).expect(200);
        expect(corrected.body).toMatchObject({
          id: earlier,
          title: 'dark green',
        });
        await portal.by(ADA, 'delete', `/notifications/${given}`).expect(204);
        await portal.get(`/notifications/${earlier}`, GUEST).expect(404);
        await portal.by(ADA, 'delete', `/notifications/${given}`).expect(404);
      });

      it('shows itself to nobody whom it is not for', async () => {
        const { portal, send, sendSoon, nothingWaits } = await start();
        await send({ scope: 'build' });
        const given = await sendSoon({ scope: 'build' });
        await nothingWaits();
        await portal.get(`/notifications/${given}`, BOB).expect(404);
        await portal
          .put(`/notifications/read?messageId=${given}&read=true`, BOB)
          .expect(404);
        await portal
          .put(`/notifications/read/all?upTo=${given}`, BOB)
          .expect(404);
      });
    });

    it('is corrected and sent in any order without one waiting for the other', async () => {
      const { portal, sendSoon, nothingWaits } = await start();
      const ids = await Promise.all(
        Array.from({ length: 20 }, () => sendSoon()),
      );
      let isOver = false;
      const sending = nothingWaits().then(() => {
        isOver = true;
      });
      while (!isOver) {
        const answers = await Promise.all(
          ids.map(id =>
            portal
              .by(ADA, 'patch', `/notifications/${id}`)
              .send({ title: 'corrected' }),
          ),
        );
        expect(new Set(answers.map(({ status }) => status))).toEqual(
          new Set([200]),
        );
      }
      await sending;
      expect(new Set(await portal.titles(GUEST))).toEqual(
        new Set(['corrected']),
      );
    });

    describe('and cannot be sent', () => {
      /** The portal's own resolver of recipients finds nobody, until it is mended. */
      async function startDead() {
        let knows = false;
        const resolver: NotificationRecipientResolver = {
          resolveNotificationRecipients: async () => ({
            userEntityRefs: knows ? [GUEST] : [],
          }),
        };
        const started = await start({
          features: [processorModule([], resolver)],
        });
        const dead = async () =>
          (await started.portal.by(BOB, 'get', '/work/dead').expect(200)).body;
        const sendAt = new Date(Date.now() + 300).toISOString();
        const id = await started.send({ topic: 'nightly', sendAt });
        await until(async () => (await dead()).length === 1);
        const change = (action: 'redrive' | 'discard', selection: object) =>
          started.portal
            .by(BOB, 'post', `/work/dead/${action}`)
            .send(selection)
            .expect(200);
        return {
          ...started,
          id,
          sendAt,
          dead,
          change,
          mend: () => (knows = true),
        };
      }

      it('is shown to administrators as dead work, with what it is', async () => {
        const { dead, id, sendAt } = await startDead();
        expect(await dead()).toEqual([
          expect.objectContaining({
            kind: 'send-scheduled',
            lastError: expect.any(String),
            scheduled: {
              messageId: id,
              sender: ADA,
              origin: 'ci',
              topic: 'nightly',
              sendAt,
            },
          }),
        ]);
      });

      it('is sent when it is driven again', async () => {
        const { portal, dead, change, id, mend } = await startDead();
        mend();
        const [work] = await dead();
        await change('redrive', { ids: [work.id] });
        await until(async () => (await portal.titles(GUEST)).length === 1);
        await portal.get(`/notifications/${id}`, GUEST).expect(200);
        expect(await portal.knex(WAITING)).toEqual([]);
        expect(await dead()).toEqual([]);
      });

      it.each([
        ['its id', (work: { id: string }) => ({ ids: [work.id] })],
        ['its kind', () => ({ kind: 'send-scheduled' })],
      ])('goes with its work, discarded by %s; others stay', async (_, by) => {
        const { portal, send, dead, change, id } = await startDead();
        const far = await send({ sendAt: '2126-01-01T00:00:00Z' });
        const [work] = await dead();
        expect((await change('discard', by(work))).body).toEqual({ count: 1 });
        expect(await portal.knex(WAITING).pluck('id')).toEqual([far]);
        await portal.by(ADA, 'delete', `/notifications/${id}`).expect(404);
      });

      it('goes with its work when it is withdrawn', async () => {
        const { portal, dead, id } = await startDead();
        await portal.by(ADA, 'delete', `/notifications/${id}`).expect(204);
        expect(await dead()).toEqual([]);
        expect(await portal.knex(WORK)).toEqual([]);
      });

      it('goes with its work when its sender is erased', async () => {
        const { portal, dead } = await startDead();
        await portal.by(BOB, 'delete', `/people?userRef=${ADA}`).expect(200);
        expect(await dead()).toEqual([]);
        expect(await portal.knex(WAITING)).toEqual([]);
      });
    });
  },
);
