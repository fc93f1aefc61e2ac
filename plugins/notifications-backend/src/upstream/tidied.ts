/**
 * A body of upstream's without what says nothing: upstream takes an empty or absent field for the same thing, and a link as it comes. What is
 * no such body stays as it is, to be refused by name.
 */
export function tidied(body: unknown): unknown {
  if (!isRecord(body)) {
    return body;
  }
  const { recipients, payload } = body;
  return {
    ...body,
    recipients: isRecord(recipients)
      ? without(recipients, ['excludeEntityRef'])
      : recipients,
    payload: isRecord(payload) ? tidiedPayload(payload) : payload,
  };
}

const OPTIONAL = [
  'description',
  'link',
  'severity',
  'topic',
  'scope',
  'icon',
  'metadata',
];

function tidiedPayload(payload: Record<string, unknown>) {
  const { link } = payload;
  return without(
    typeof link === 'string'
      ? { ...payload, link: link.trim().replaceAll(' ', '%20') }
      : payload,
    OPTIONAL,
  );
}

function without(
  fields: Record<string, unknown>,
  optional: readonly string[],
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([name, value]) => !optional.includes(name) || !isNothing(value),
    ),
  );
}

function isNothing(value: unknown): boolean {
  return (
    value === null || (typeof value === 'string' && value.trim().length === 0)
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
