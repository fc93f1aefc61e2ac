import { notificationLimits } from '../limits';
import { storableText } from './text';

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
  const { protocol, host } = new URL(link, BASE);
  if (/^https?:\/\//i.test(link)) {
    return host !== '';
  }
  return protocol === 'http:' && host === new URL(BASE).host;
}

export const linkSchema = storableText(notificationLimits.urlLength)
  .min(1)
  .refine(isSafeLink, {
    error: 'must be an http or https URL, or a path within the portal',
  })
  .meta({
    description:
      'An http or https URL, or a path within the portal such as `/catalog/default/component/wallet`.',
  });
