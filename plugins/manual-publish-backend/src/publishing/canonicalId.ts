/** A Notion id as the API writes it: in lower case, with hyphens. It must have 32 hexadecimal digits. */
export function canonicalId(id: string): string {
  const digits = id.replaceAll('-', '').toLowerCase();
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    digits.slice(12, 16),
    digits.slice(16, 20),
    digits.slice(20),
  ].join('-');
}
