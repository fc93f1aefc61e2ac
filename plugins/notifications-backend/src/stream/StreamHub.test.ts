import { mockServices } from '@backstage/backend-test-utils';
import { Feed, FeedEntry } from '../feed/Feed';
import { FeedTailer } from '../feed/FeedTailer';
import { Inbox } from '../messages/Inbox';
import { EVERYBODY } from '../messages/Message';
import { MessageStore } from '../messages/MessageStore';
import { NO_DEFAULTS } from '../messages/muting';
import { Telemetry } from '../Telemetry';
import { StreamEvent, StreamSink } from './StreamEvent';
import { StreamHub, StreamLimits } from './StreamHub';

const USER = { userRef: 'user:default/me', claimedRefs: async () => [] };
const EPOCH = '0198c1de-7a4e-7c3b-9d0e-2f6f0d7b9a11';
const id = (seq: number) =>
  `0198c1de-7a4e-7c3b-9d0e-${String(seq).padStart(12, '0')}`;
const message = (seq: number) => ({
  id: id(seq),
  seq,
  createdAt: new Date(0),
  isSystem: false,
  origin: 'tests',
  title: `m${seq}`,
  actions: [],
  severity: 'normal' as const,
});

/** A hub over a feed in memory, in which a test can commit at any moment. */
function setUp(limits: Partial<StreamLimits> = {}) {
  let committed = 0;
  const moments: Partial<Record<'head' | 'backlog' | 'connect', () => void>> =
    {};
  const changes = new Set<number>();
  const reads = { defaults: 0 };
  const messages = () =>
    Array.from({ length: committed }, (_, i) => i + 1).filter(
      seq => !changes.has(seq),
    );
  const entries = (): FeedEntry[] =>
    Array.from({ length: committed }, (_, i) => {
      const place = { seq: i + 1, at: new Date(0) };
      return changes.has(place.seq)
        ? { ...place, kind: 'preferences', userRef: EVERYBODY }
        : {
            ...place,
            kind: 'message',
            message: message(place.seq),
            audience: { targets: [USER.userRef], exclusions: [] },
          };
    });
  const feed: Feed = {
    head: async () => {
      const head = { epoch: EPOCH, seq: committed, trimmedSeq: 0 };
      moments.head?.();
      return head;
    },
    readAfter: async (seq, limit) => entries().slice(seq, seq + limit),
    trim: async () => 0,
  };
  const tailer = new FeedTailer({
    feed,
    logger: mockServices.logger.mock(),
    pollMs: 60_000,
    telemetry: new Telemetry(),
  });
  const commit = () => {
    committed += 1;
    tailer.look();
  };
  const change = () => {
    changes.add(committed + 1);
    commit();
  };
  const store = {
    preferencesOf: async () => ({ rules: [], defaults: NO_DEFAULTS }),
    preferenceDefaults: async () => {
      reads.defaults += 1;
      return NO_DEFAULTS;
    },
    list: async () => {
      moments.backlog?.();
      return {
        messages: messages().map(seq => ({
          ...message(seq),
          isRead: false,
          isArchived: false,
          isSaved: false,
        })),
      };
    },
  } as unknown as MessageStore;
  const refs = { now: [USER.userRef] };
  const audience = {
    refsOf: async () => refs.now,
    refsOfAll: jest.fn(
      async (userRefs: readonly string[]) =>
        new Map(userRefs.map(userRef => [userRef, refs.now])),
    ),
    recipients: async () => new Map(),
  };
  const hub = new StreamHub({
    feed,
    tailer,
    audience,
    inbox: new Inbox({ store, audience }),
    telemetry: new Telemetry(),
    limits: {
      perUser: 5,
      inAll: 5,
      pendingBytes: 100,
      backlog: 100,
      replay: 100,
      ...limits,
    },
  });
  const told: string[] = [];
  let toldOf: (() => void) | undefined;
  const onClose: (() => void)[] = [];
  const sink = {
    pendingBytes: 0,
    isOver: false as boolean,
    drained: jest.fn(async () => {}),
    onClose: (listener: () => void) => void onClose.push(listener),
    end: jest.fn(),
    drop: jest.fn(() => onClose.splice(0).forEach(closed => closed())),
    send: (event: StreamEvent) => {
      told.push(event.type === 'message' ? event.message.title : event.type);
      toldOf?.();
    },
  } satisfies StreamSink;
  const open = () =>
    hub.open(USER, { includeRead: false }, async () => {
      moments.connect?.();
      return sink;
    });
  const until = (title: string) =>
    new Promise<void>(resolve => {
      toldOf = () => told.includes(title) && resolve();
      toldOf();
    });
  return {
    hub,
    audience,
    refs,
    open,
    commit,
    change,
    reads,
    moments,
    told,
    sink,
    until,
  };
}

describe('StreamHub', () => {
  it.each(['head', 'backlog', 'connect'] as const)(
    'tells once of what is committed at the moment of %s',
    async moment => {
      const { open, commit, moments, told, until } = setUp();
      commit();
      let isFirst = true;
      moments[moment] = () => {
        if (isFirst) {
          isFirst = false;
          commit();
        }
      };
      await open();
      commit();
      await until('m3');
      expect(told.filter(title => title !== 'ready')).toEqual([
        'm1',
        'm2',
        'm3',
      ]);
    },
  );

  it('drops a reader who does not keep up, and gives the place back once the connection is gone', async () => {
    const { open, commit, sink, told, until } = setUp({ perUser: 1 });
    await open();
    await expect(open()).rejects.toMatchObject({
      name: 'TooManyRequestsError',
    });
    sink.pendingBytes = 101;
    const { drop } = sink;
    const dropped = new Promise<void>(resolve => {
      sink.drop = jest.fn(() => {
        drop();
        resolve();
      });
    });
    commit();
    await dropped;
    expect(told).toEqual(['ready']);

    sink.pendingBytes = 0;
    await open();
    await until('m1');
  });

  it('tells the past no faster than it is taken, and nothing once the connection is gone', async () => {
    const { open, commit, sink, told } = setUp();
    commit();
    commit();
    commit();
    sink.pendingBytes = 101;
    sink.drained.mockImplementation(async () => {
      sink.isOver = told.length === 2;
    });
    await open();
    expect(sink.drained).toHaveBeenCalledTimes(2);
    expect(told).toEqual(['m1', 'm2']);
  });

  it('ends every stream when the process stops, and takes no more', async () => {
    const { hub, open, sink } = setUp();
    await open();
    hub.close();
    expect(sink.end).toHaveBeenCalledTimes(1);
    await expect(open()).rejects.toMatchObject({
      name: 'TooManyRequestsError',
    });
  });

  it('tells everything in its order while preferences are read anew, and reads the defaults once for all', async () => {
    const { open, commit, change, told, until, reads } = setUp();
    await open();
    await open();
    const before = reads.defaults;
    change();
    commit();
    await until('m2');
    await Promise.resolve();
    expect(told).toEqual(['ready', 'ready', 'refresh', 'm2', 'refresh', 'm2']);
    expect(reads.defaults).toBe(before + 1);
  });

  it('asks once for all streams whether memberships have changed, and not again before it knows', async () => {
    const { hub, audience, refs, open, sink } = setUp();
    await open();
    await open();
    let answer = () => {};
    audience.refsOfAll.mockImplementationOnce(
      userRefs =>
        new Promise(resolve => {
          answer = () =>
            resolve(new Map(userRefs.map(userRef => [userRef, refs.now])));
        }),
    );
    const rounds = [
      hub.endWhereMembershipChanged(),
      hub.endWhereMembershipChanged(),
    ];
    answer();
    await Promise.all(rounds);
    expect(audience.refsOfAll).toHaveBeenCalledTimes(1);
    expect(sink.end).not.toHaveBeenCalled();

    audience.refsOfAll.mockRejectedValueOnce(new Error('catalog is down'));
    await hub.endWhereMembershipChanged();
    expect(sink.end).not.toHaveBeenCalled();

    refs.now = [USER.userRef, 'group:default/new'];
    await hub.endWhereMembershipChanged();
    expect(sink.end).toHaveBeenCalledTimes(2);
    expect(audience.refsOfAll).toHaveBeenCalledTimes(3);
  });

  it('gives the place back when a stream cannot be opened', async () => {
    const { open, moments } = setUp({ perUser: 1 });
    moments.backlog = () => {
      throw new Error('the database is gone');
    };
    await expect(open()).rejects.toThrow('the database is gone');
    moments.backlog = undefined;
    await expect(open()).resolves.toBeUndefined();
  });
});
