import { InputError } from '@backstage/errors';
import { z } from 'zod';

const SHOWN_VALUE_LENGTH = 80;

type Part = 'parameter' | 'header' | 'body';

/**
 * Reads the query of a URL by its schema. Numbers, booleans and lists are told by the schema, as the wire has only text.
 * The host's own query parser is not asked: it turns `a[b]=c` into objects and long lists into maps.
 *
 * @public
 */
export function parseQuery<T extends z.ZodType>(
  schema: T,
  url: string,
): z.output<T> {
  const searchParams = searchParamsOf(url);
  const shape = schema instanceof z.ZodObject ? schema.shape : {};
  const typed = [...new Set(searchParams.keys())].map(name => [
    name,
    typedValue(
      searchParams.getAll(name),
      Object.hasOwn(shape, name) ? shape[name] : undefined,
    ),
  ]);
  return parse(schema, Object.fromEntries(typed), 'parameter');
}

/** The query of a URL that starts with its path. @public */
export function searchParamsOf(url: string): URLSearchParams {
  const start = url.indexOf('?');
  return new URLSearchParams(start < 0 ? '' : url.slice(start));
}

/**
 * Reads what a request brings by its schema.
 *
 * @throws InputError that names the field, what is wrong with it, and its value where that is short and harmless
 * @public
 */
export function parse<T extends z.ZodType>(
  schema: T,
  input: unknown,
  part: Part,
): z.output<T> {
  const result = schema.safeParse(input);
  if (result.success) {
    return result.data;
  }
  const problems = result.error.issues.map(issue =>
    describe(issue, input, part),
  );
  throw new InputError([...new Set(problems)].join('; '));
}

/** Text that is not of the schema's type is left as it is, so that the schema refuses it by name. */
function typedValue(values: string[], schema: unknown): unknown {
  const bare = unwrapped(schema);
  if (bare instanceof z.ZodArray || values.length > 1) {
    return values;
  }
  const [value] = values;
  if (bare instanceof z.ZodNumber && /^-?\d{1,15}$/.test(value)) {
    return Number(value);
  }
  if (bare instanceof z.ZodBoolean && /^(true|false)$/.test(value)) {
    return value === 'true';
  }
  return value;
}

function unwrapped(schema: unknown): unknown {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault
    ? unwrapped(schema.unwrap())
    : schema;
}

function describe(issue: z.core.$ZodIssue, input: unknown, part: Part): string {
  const label = { parameter: 'Parameter', header: 'Header', body: 'Field' }[
    part
  ];
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.map(key => [...issue.path, key].join('.'));
    return `${label} ${names.map(shortened).join(', ')}: is not known`;
  }
  if (issue.path.length === 0) {
    return `The request's ${part} ${issue.message}`;
  }
  const name = issue.path.map(String).join('.');
  const value = valueAt(input, issue.path);
  if (value === undefined) {
    const problem = issue.code === 'custom' ? issue.message : 'is required';
    return `${label} ${name}: ${problem}`;
  }
  const shown =
    typeof value === 'object'
      ? ''
      : ` (was ${shortened(JSON.stringify(value))})`;
  return `${label} ${name}: ${issue.message}${shown}`;
}

function valueAt(input: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    input,
  );
}

function shortened(text: string): string {
  return text.length > SHOWN_VALUE_LENGTH
    ? `${text.slice(0, SHOWN_VALUE_LENGTH)}…`
    : text;
}
