import { Notification } from '@backstage/plugin-notifications-common';
import { NewWork } from '@herald/work-queue';
import { JsonObject } from '@backstage/types';
import { ProcessingWork, StepWork, stepKey, stepKind } from './Dispatch';
import { wants } from './passesFilters';
import { ProcessorRegistry, RegisteredProcessor } from './ProcessorRegistry';

type Progress = Pick<
  StepWork,
  'dispatchId' | 'user' | 'later' | 'posts' | 'notification'
>;

/**
 * What comes next for a recipient: the next processor that wants to look before, or, when all have, everyone that gets it. One that is
 * not installed here looks at nothing; what it is to send waits for it.
 */
export function nextSteps(
  registry: ProcessorRegistry,
  { dispatchId, user, later, posts, notification }: Progress,
): NewWork<ProcessingWork>[] {
  const place = later.findIndex(
    key => registry.find(key)?.processor.preProcess,
  );
  if (place >= 0) {
    return [
      toWork(later[place], {
        dispatchId,
        user,
        step: 'pre',
        later: later.slice(place + 1),
        posts,
        notification,
      }),
    ];
  }
  return posts
    .filter(key => isFor(registry.find(key), notification))
    .map(key =>
      toWork(key, {
        dispatchId,
        user,
        step: 'post',
        later: [],
        posts: [],
        notification,
      }),
    );
}

/** Whether it is for a processor to send; what is not installed here may be on another replica, or come back. */
function isFor(
  registered: RegisteredProcessor | undefined,
  notification: JsonObject | undefined,
): boolean {
  if (!registered) {
    return true;
  }
  return (
    registered.processor.postProcess !== undefined &&
    // What a processor has changed, others may not want.
    (!notification ||
      wants(registered, reviveNotification(notification).payload))
  );
}

export function toWork(
  processorKey: string,
  step: StepWork,
): NewWork<ProcessingWork> {
  return {
    kind: stepKind(processorKey),
    key: stepKey(step),
    payload: step,
  };
}

/** A notification as JSON; moments become text. */
export function freezeNotification(notification: Notification): JsonObject {
  return JSON.parse(JSON.stringify(notification));
}

export function reviveNotification(frozen: JsonObject): Notification {
  const { created, updated, read, saved, ...same } =
    frozen as unknown as Notification;
  return {
    ...same,
    created: new Date(created),
    ...(updated && { updated: new Date(updated) }),
    ...(read && { read: new Date(read) }),
    ...(saved && { saved: new Date(saved) }),
  };
}
