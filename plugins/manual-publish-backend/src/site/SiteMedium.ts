/** A medium that was fetched and goes into the site. */
export type SiteMedium = {
  /** Of its content: its name in the site. */
  readonly hash: string;
  /** Without a dot; empty where the type is not known. */
  readonly extension: string;
  /** By its bytes, such as `image/png`. */
  readonly type: string;
  readonly bytes: number;
  /** A copy on this machine. */
  readonly file: string;
  readonly width?: number;
  readonly height?: number;
};

export function mediumName({
  hash,
  extension,
}: Pick<SiteMedium, 'hash' | 'extension'>): string {
  return extension === '' ? hash : `${hash}.${extension}`;
}
