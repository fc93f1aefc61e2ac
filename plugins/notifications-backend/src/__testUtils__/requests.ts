import { DocumentedOperation, Schema } from '@herald/test-utils';
import fc from 'fast-check';

/** What goes into the names that a schema cannot fill, such as those of ids: values that there are. */
export type Plausible = Readonly<Record<string, fc.Arbitrary<unknown>>>;

type Schemas = Readonly<Record<string, Schema>>;

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    'true',
    '0',
    '-1',
    '1e9',
    'NaN',
    'default/guest',
    '%',
    "';--",
    '[]',
    'null',
    '2026-11-22',
    '\0',
  ),
);

// What fetch can send at all.
const headerValue = fc.stringMatching(
  /^[\x21-\x7e]([\x20-\x7e]{0,40}[\x21-\x7e])?$/,
);

const DAY_MS = 24 * 60 * 60 * 1000;

/** Requests that are mostly right, each of their parts now and then something else: what is behind the first check is reached, too. */
export class Requests {
  readonly #schemas: Schemas;
  readonly #plausible: Plausible;

  constructor(schemas: Schemas, plausible: Plausible) {
    this.#schemas = schemas;
    this.#plausible = plausible;
  }

  of({ parameters = [], requestBody }: DocumentedOperation) {
    const parametersIn = (place: string, odd: fc.Arbitrary<unknown>) => {
      const here = parameters.filter(parameter => parameter.in === place);
      return this.#some(
        Object.fromEntries(here.map(p => [p.name, p.schema])),
        here.filter(({ required }) => required).map(({ name }) => name),
        odd,
      );
    };
    return fc.record({
      path: parametersIn(
        'path',
        text.filter(value => !['', '.', '..'].includes(value)),
      ),
      query: rarely(
        parametersIn('query', text),
        fc.dictionary(text, text, { maxKeys: 2 }),
      ),
      headers: parametersIn('header', headerValue),
      body: requestBody
        ? this.#body(requestBody.content['application/json'].schema)
        : fc.constant(undefined),
      contentType: requestBody
        ? rarely(fc.constant('application/json'), headerValue)
        : fc.constant(undefined),
    });
  }

  #body(schema: Schema): fc.Arbitrary<string> {
    const json = (value: unknown) => JSON.stringify(value);
    return rarely(
      this.#valid(schema, 'body').map(json),
      fc.oneof(fc.jsonValue().map(json), fc.string()),
    );
  }

  /** What is required, and a few of the others: of many, some always exclude each other. */
  #some(
    properties: Record<string, Schema>,
    required: readonly string[],
    odd: fc.Arbitrary<unknown>,
  ): fc.Arbitrary<Record<string, unknown>> {
    const optional = Object.keys(properties).filter(
      name => !required.includes(name),
    );
    return fc
      .subarray(optional, { maxLength: Math.min(optional.length, 4) })
      .chain(names =>
        fc.record(
          Object.fromEntries(
            [...required, ...names].map(name => [
              name,
              rarely(this.#valid(properties[name], name), odd),
            ]),
          ),
        ),
      );
  }

  /** @param name - the field or parameter that it is for */
  #valid(schema: Schema, name: string): fc.Arbitrary<unknown> {
    const { $ref, anyOf, oneOf } = schema;
    if ($ref) {
      return this.#valid(this.#schemas[$ref.split('/').at(-1) ?? ''], name);
    }
    const alternatives = anyOf ?? oneOf;
    if (alternatives) {
      return fc.oneof(...alternatives.map(each => this.#valid(each, name)));
    }
    if (schema.type !== 'array' && name in this.#plausible) {
      return this.#plausible[name];
    }
    return this.#ofType(schema, name);
  }

  #ofType(schema: Schema, name: string): fc.Arbitrary<unknown> {
    if ('const' in schema) {
      return fc.constant(schema.const);
    }
    if (schema.enum) {
      return fc.constantFrom(...schema.enum);
    }
    const { minimum = -10, maximum = 1e6 } = schema;
    switch (schema.type) {
      case 'integer':
        return fc.oneof(
          fc.integer({ min: minimum, max: Math.min(maximum, 5) }),
          fc.integer({ min: minimum, max: maximum }),
        );
      case 'boolean':
        return fc.boolean();
      case 'null':
        return fc.constant(null);
      case 'array':
        return fc.array(this.#valid(schema.items ?? {}, name), {
          minLength: schema.minItems,
          maxLength: 3,
        });
      case 'object':
        return schema.properties
          ? this.#some(
              schema.properties,
              schema.required ?? [],
              fc.oneof(text, fc.jsonValue()),
            )
          : fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 3 });
      default:
        return ofFormat(schema);
    }
  }
}

function rarely<T>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<T>) {
  return fc.oneof(
    { weight: 15, arbitrary: usual },
    { weight: 1, arbitrary: odd },
  );
}

function ofFormat({ format, minLength, maxLength = 40 }: Schema) {
  switch (format) {
    case 'uuid':
      return fc.uuid();
    case 'date-time':
      return fc
        .integer({ min: -30 * DAY_MS, max: 30 * DAY_MS })
        .map(offset => new Date(Date.now() + offset).toISOString());
    case 'date':
      return fc.constantFrom('2026-11-22', '2024-02-29');
    default:
      return fc.string({
        unit: 'grapheme',
        minLength,
        maxLength: Math.min(maxLength, 40),
      });
  }
}
