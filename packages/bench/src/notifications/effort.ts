/** How much to measure. */
export type Effort = {
  rounds: number;
  readsPerRound: number;
  marksPerRound: number;
  /** Sends to each group, a round: upstream takes seconds for a large one. */
  groupSends: { herald: number; upstream: number };
  /** How many members the largest group may have that upstream is asked for. */
  upstreamGroupLimit: number;
  /** In how many groups, smallest first, it is looked when the last member can read. */
  groupsReached: number;
  /** In a round, and before the first one. */
  concurrentSends: number;
  /** Streams that are open when a message is sent to all; each number by itself. */
  streams: readonly number[];
  messagesToStreams: { herald: number; upstream: number };
  /** Streams whose memory is weighed, and how often. */
  idleStreams: number;
  weighings: number;
  /** How long servers are left alone before it is measured what they hold, or do; milliseconds. */
  settleMs: number;
  /** Members of the group whose messages go through a processor. */
  processedMembers: number;
  processedSends: number;
  /** Sends to a group of one before that, so that both are warm. */
  sendsToOne: number;
};

export const THOROUGH: Effort = {
  rounds: 5,
  readsPerRound: 60,
  marksPerRound: 4,
  groupSends: { herald: 40, upstream: 1 },
  upstreamGroupLimit: Infinity,
  groupsReached: 4,
  concurrentSends: 1_600,
  streams: [1_000, 5_000],
  messagesToStreams: { herald: 5, upstream: 2 },
  idleStreams: 5_000,
  weighings: 2,
  settleMs: 2_000,
  processedMembers: 5_000,
  processedSends: 5,
  sendsToOne: 60,
};

/** Every row once, to show that it works. */
export const QUICK: Effort = {
  rounds: 1,
  readsPerRound: 15,
  marksPerRound: 2,
  groupSends: { herald: 20, upstream: 1 },
  upstreamGroupLimit: 10,
  groupsReached: 2,
  concurrentSends: 320,
  streams: [200],
  messagesToStreams: { herald: 2, upstream: 1 },
  idleStreams: 200,
  weighings: 1,
  settleMs: 300,
  processedMembers: 10,
  processedSends: 2,
  sendsToOne: 5,
};

/** With its throttle on, one send of upstream to a group of 5,000 takes 25 s. */
export const THROTTLED: Effort = {
  ...THOROUGH,
  rounds: 2,
  upstreamGroupLimit: 5_000,
  // The answer comes when the last has been written.
  groupsReached: 0,
  concurrentSends: 400,
};
