import { NotificationProcessor } from '@backstage/plugin-notifications-node';

/** A processor that notes for whom it was called with what title. */
export function noting(
  name: string,
  more: Partial<NotificationProcessor> = {},
): NotificationProcessor & { got: { user: string | null; title: string }[] } {
  const got: { user: string | null; title: string }[] = [];
  return {
    got,
    getName: () => name,
    async postProcess({ user, payload }) {
      got.push({ user, title: payload.title });
    },
    ...more,
  };
}
