import { NewWork, WorkItem } from '@herald/work-queue';
import { EVERYBODY } from '../messages/Message';
import { isMuted, mutingRules } from '../messages/muting';
import {
  Dispatch,
  DispatchStore,
  ExpandWork,
  ExpansionPoint,
  ProcessingWork,
} from './Dispatch';
import { Member, Members } from './Members';
import { wants } from './passesFilters';
import { ProcessorRegistry, RegisteredProcessor } from './ProcessorRegistry';
import { nextSteps } from './steps';

const USERS_PER_PAGE = 500;

type Page = { users: (string | null)[]; next?: ExpansionPoint };

/**
 * Finds out whom a dispatch is for, at the time of doing so, and enqueues a first step for each of them: page by page, each page
 * in one transaction with the completion of its work and with the work for the page after it, so that none comes twice.
 */
export class Expander {
  readonly #registry: ProcessorRegistry;
  readonly #store: DispatchStore;
  readonly #members: Members;

  constructor(options: {
    registry: ProcessorRegistry;
    store: DispatchStore;
    members: Members;
  }) {
    this.#registry = options.registry;
    this.#store = options.store;
    this.#members = options.members;
  }

  async expand(item: WorkItem<ExpandWork>): Promise<void> {
    const { dispatchId, from } = item.payload;
    const dispatch = await this.#store.find(dispatchId);
    if (!dispatch) {
      return;
    }
    const page = await this.#page(dispatch, from);
    const next = await this.#firstSteps(dispatch, page.users);
    if (page.next) {
      next.push({
        kind: 'expand-dispatch',
        payload: { dispatchId, from: page.next },
      });
    }
    await this.#store.advance(item, next);
  }

  async #page(
    { messageId }: Dispatch,
    from: ExpansionPoint | undefined,
  ): Promise<Page> {
    const { targets, exclusions } = await this.#store.audienceOf(messageId);
    if (targets.includes(EVERYBODY)) {
      return { users: [null] };
    }
    const users = ofKind('user', targets);
    const groups = ofKind('group', targets);
    const isExcluded = await this.#exclusion(exclusions);
    if (from && 'members' in from) {
      return this.#pageOfMembers(groups, from.members, user => {
        return users.includes(user.userRef) || isExcluded(user);
      });
    }
    const start = from?.users ?? 0;
    const end = start + USERS_PER_PAGE;
    if (users.length === 0) {
      return this.#pageOfMembers(groups, null, isExcluded);
    }
    const restOrMembers: ExpansionPoint | undefined =
      groups.length > 0 ? { members: null } : undefined;
    return {
      users: await this.#named(
        users.slice(start, end),
        ofKind('group', exclusions).length > 0,
        isExcluded,
      ),
      next: end < users.length ? { users: end } : restOrMembers,
    };
  }

  async #named(
    users: string[],
    groupsMatter: boolean,
    isExcluded: (member: Member) => boolean,
  ): Promise<string[]> {
    const members = groupsMatter
      ? await this.#members.of(users)
      : users.map(userRef => ({ userRef, groups: [] }));
    return members
      .filter(member => !isExcluded(member))
      .map(({ userRef }) => userRef);
  }

  async #pageOfMembers(
    groups: readonly string[],
    cursor: string | null,
    isLeftOut: (member: Member) => boolean,
  ): Promise<Page> {
    if (groups.length === 0) {
      return { users: [] };
    }
    const { members, next } = await this.#members.page(groups, cursor);
    return {
      users: members
        .filter(member => !isLeftOut(member))
        .map(({ userRef }) => userRef),
      next: next === undefined ? undefined : { members: next },
    };
  }

  async #exclusion(
    exclusions: readonly string[],
  ): Promise<(member: Member) => boolean> {
    const groups = ofKind('group', exclusions);
    const excludedGroups =
      groups.length > 0
        ? await this.#members.withSubgroups(groups)
        : new Set<string>();
    const excludedUsers = new Set(exclusions);
    return member =>
      excludedUsers.has(member.userRef) ||
      member.groups.some(group => excludedGroups.has(group));
  }

  async #firstSteps(
    dispatch: Dispatch,
    users: readonly (string | null)[],
  ): Promise<NewWork<ProcessingWork>[]> {
    const { payload } = dispatch.options;
    const interested = this.#registry.processors.filter(registered =>
      wants(registered, payload),
    );
    if (interested.length === 0) {
      return [];
    }
    const named = users.filter(user => user !== null);
    const { rules, defaults } = await this.#store.preferencesOf(named);
    const message = { origin: dispatch.origin, topic: payload.topic };
    const isOpen = (user: string | null, { channel }: RegisteredProcessor) =>
      user === null ||
      !isMuted(mutingRules(channel, rules.get(user) ?? [], defaults), message);
    return users.flatMap(user => {
      const keys = interested
        .filter(registered => isOpen(user, registered))
        .map(({ key }) => key);
      return nextSteps(this.#registry, {
        dispatchId: dispatch.id,
        user,
        later: keys,
        posts: keys,
      });
    });
  }
}

function ofKind(kind: 'user' | 'group', refs: readonly string[]): string[] {
  return refs.filter(ref => ref.startsWith(`${kind}:`));
}
