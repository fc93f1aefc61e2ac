/** Nobody else's, also where the page is not served over https: there a browser makes no UUIDs. */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map(byte => byte.toString(16).padStart(2, '0'));
  return `page-${hex.join('')}`;
}
