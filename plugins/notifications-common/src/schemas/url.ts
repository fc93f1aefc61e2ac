import { storableText } from '@herald/api-contract';
import { notificationLimits } from '../limits';

const BASE = 'http://relative.invalid';

/**
 * Whether a link is safe to show: absolute http or https, or a path within the portal. What a browser would read as another
 * scheme or another host (`javascript:`, `//host`, `\\host`) is not.
 *
 * @public
 */
export function isSafeLink(link: string): boolean {
  // A browser drops tabs and line breaks before it looks for the scheme; such a link is never an honest one.
  if (/[\s\p{Cc}]/u.test(link) || !URL.canParse(link, BASE)) {
    return false;
  }
  // `http:host` and `https:/host` name a host or a path, depending on where the portal is.
  if (/^[a-z][a-z0-9+.-]*:/i.test(link)) {
    return /^https?:\/\/[^/\\?#]/i.test(link);
  }
  return new URL(link, BASE).origin === BASE;
}

export const linkSchema = storableText(notificationLimits.urlLength)
  .min(1)
  .refine(isSafeLink, {
    error: 'must be an http or https URL, or a path within the portal',
    params: { problem: 'link' },
  })
  .meta({
    description:
      'An http or https URL, or a path within the portal such as `/catalog/default/component/wallet`.',
  });
