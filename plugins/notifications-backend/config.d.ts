import { HumanDuration } from '@backstage/types';

export interface Config {
  notifications?: {
    /**
     * What an external caller sends in the `notifications-secret` header to POST a message. Without it, the header opens nothing.
     * @visibility secret
     */
    externalCallerSecret?: string;

    /**
     * Lets anybody who reaches the backend send messages. For development only; warns at every start.
     */
    dangerouslyAllowAnonymousSenders?: boolean;

    /**
     * Where the host has permissions switched off: the users and groups who may send to everybody, as full entity refs.
     */
    broadcasters?: string[];

    /**
     * Where the host has permissions switched off: the users and groups who may administer (change what others sent, set
     * defaults, erase a person's data), as full entity refs; and plugins, as `service:<subject>`. Programs outside that come with
     * an external access token, as `service:<subject>`, have to be named wherever permissions are on, too.
     */
    administrators?: string[];

    /**
     * How many messages senders may send; one without `sender` holds for all who are not named. Default: none.
     */
    quotas?: Array<{
      /** The authenticated principal, as the audit log shows it: a user's ref, `service:<subject>`, `external:notifications-secret`. */
      sender?: string;
      messages: number;
      /** The length of the window. */
      per: HumanDuration | string;
    }>;

    /**
     * How long messages are kept that nobody saves. Default: 365 days.
     */
    retention?: HumanDuration | string;

    /**
     * How old a message to a group or to everybody may be to count as unread by somebody who comes for the first time.
     * Default: 30 days.
     */
    unreadHorizon?: HumanDuration | string;

    /**
     * How long what the catalog says of users and groups is kept. Default: 30 seconds.
     */
    membershipMaxAge?: HumanDuration | string;

    /** How messages are handed to processors (email, Slack …) after they were stored. */
    processing?: {
      /** How long one processor may take over one recipient; then it is tried again. Default: 5 minutes. */
      timeout?: HumanDuration | string;
      /** How often that is tried before it is given up and kept as dead work. Default: 10. */
      maxAttempts?: number;
      /** How many recipients one processor is given at a time, in this process. Default: 4. */
      concurrency?: number;
    };

    /** The live streams of this process. */
    streams?: {
      /** How many one user may have open. Default: 20. */
      maxPerUser?: number;
      /** How many all users together may have open. Default: 10000. */
      maxInAll?: number;
      /** How many of the unread messages a stream begins with, at the most: the newest ones. Default: 1000. */
      maxBacklog?: number;
      /** How far behind a reader may be before it is cut off, in bytes. Default: 1048576. */
      maxPendingBytes?: number;
      /** How long a reader may take over what is pending while the past is told, or when its stream ends. Default: 30 seconds. */
      slowReaderTimeout?: HumanDuration | string;
      /** How often a quiet stream says that it is alive. Default: 25 seconds. */
      pingInterval?: HumanDuration | string;
      /** How often the feed is looked at where no hint comes. Default: 2 seconds. */
      pollInterval?: HumanDuration | string;
      /** How often it is checked whether the groups of those who listen have changed. Default: 1 minute. */
      membershipCheckInterval?: HumanDuration | string;
    };
  };
}
