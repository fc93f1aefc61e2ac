import {
  NotificationProcessor,
  NotificationRecipientResolver,
  NotificationsProcessingExtensionPoint,
} from '@backstage/plugin-notifications-node';

export type RegisteredProcessor = {
  /** Unlike any other's: its name, with a number where a name comes again, as that of several Slack workspaces does. */
  key: string;
  /** What people call it in their preferences. */
  channel: string;
  processor: NotificationProcessor;
};

/** The processors and the recipient resolver that modules have brought, in the order in which they came. */
export class ProcessorRegistry
  implements NotificationsProcessingExtensionPoint
{
  readonly #processors: RegisteredProcessor[] = [];
  #resolver: NotificationRecipientResolver | undefined;

  addProcessor(
    ...processors: (NotificationProcessor | NotificationProcessor[])[]
  ): void {
    for (const processor of processors.flat()) {
      const channel = processor.getName();
      const sameName = this.#processors.filter(
        other => other.channel === channel,
      ).length;
      const key = sameName === 0 ? channel : `${channel}#${sameName + 1}`;
      this.#processors.push({ key, channel, processor });
    }
  }

  /** @throws Error where there is one already */
  setNotificationRecipientResolver(
    resolver: NotificationRecipientResolver,
  ): void {
    if (this.#resolver) {
      throw new Error(
        'Notification recipient resolver is already set. You can only set it once.',
      );
    }
    this.#resolver = resolver;
  }

  get processors(): readonly RegisteredProcessor[] {
    return this.#processors;
  }

  get resolver(): NotificationRecipientResolver | undefined {
    return this.#resolver;
  }

  /** The channels beside the portal itself, each once. */
  get channels(): readonly string[] {
    return [...new Set(this.#processors.map(({ channel }) => channel))];
  }

  find(key: string): RegisteredProcessor | undefined {
    return this.#processors.find(registered => registered.key === key);
  }
}
