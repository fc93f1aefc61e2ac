const SAFE = new Set(['http:', 'https:', 'mailto:', 'tel:']);

/** An address that a page may link to, as it was written where it holds. */
export function webAddress(address: string): string | undefined {
  try {
    const url = new URL(address);
    if (!SAFE.has(url.protocol)) return undefined;
    return /[\s<>"\\^`{|}]/.test(address) ? url.href : address;
  } catch {
    return undefined;
  }
}
