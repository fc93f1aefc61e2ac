/** A file of the site (`src`, made an address by the remark plugin) or an address elsewhere (`url`). */
export interface FileOrUrl {
  src?: string;
  url?: string;
}

export function addressOf({ src, url }: FileOrUrl): string | undefined {
  return src ?? webUrl(url);
}

/** Undefined for what is no web address: `javascript:` must not become a link. */
export function webUrl(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  return /^https?:$/.test(new URL(url).protocol) ? url : undefined;
}
