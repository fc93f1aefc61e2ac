import { Segment, isRecord } from './segments';

export type JsonSchema = Record<string, unknown>;

/**
 * Why OpenAI refuses a schema in strict mode, or undefined: every object closed, every property required.
 */
export function strictFault(
  schema: unknown,
  context: readonly string[] = [],
): string | undefined {
  if (!isRecord(schema)) return undefined;
  const where = `In context=(${context.map(each => `'${each}'`).join(', ')})`;
  const properties = isRecord(schema.properties) ? schema.properties : {};
  if (schema.type === 'object') {
    if (schema.additionalProperties !== false) {
      return `${where}, 'additionalProperties' is required to be supplied and to be false.`;
    }
    const required = Array.isArray(schema.required) ? schema.required : [];
    const missing = Object.keys(properties).find(
      name => !required.includes(name),
    );
    if (missing !== undefined) {
      return `${where}, 'required' is required to be supplied and to be an array including every key in properties. Missing '${missing}'.`;
    }
  }
  const inner: Array<[string[], unknown]> = [
    ...Object.entries(properties).map(([name, each]): [string[], unknown] => [
      ['properties', name],
      each,
    ]),
    [['items'], schema.items],
    ...definitionsOf(schema),
  ];
  for (const [path, each] of inner) {
    const fault = strictFault(each, [...context, ...path]);
    if (fault) return fault;
  }
  return undefined;
}

function definitionsOf(schema: JsonSchema): Array<[string[], unknown]> {
  const definitions = isRecord(schema.$defs) ? schema.$defs : {};
  return Object.entries(definitions).map(([name, each]) => [
    ['$defs', name],
    each,
  ]);
}

/**
 * A value that satisfies a schema: a list has one item for each segment, and where a property is named after
 * a segment it holds that one's translation.
 */
export function valueFor(
  schema: unknown,
  segments: readonly Segment[],
  translate: (segment: Segment) => string,
): unknown {
  const root = isRecord(schema) ? schema : {};
  const stringFor = (each: JsonSchema, name: string, segment?: Segment) => {
    if (name === 'id' && segment) return String(segment.id);
    if (Array.isArray(each.enum)) return each.enum[0];
    return segment ? translate(segment) : '';
  };

  const build = (given: unknown, name: string, current?: Segment): unknown => {
    const each = resolved(given, root);
    if (each.const !== undefined) return each.const;
    const named = segments.find(segment => String(segment.id) === name);
    const segment = named ?? current;
    switch (typeOf(each)) {
      case 'object':
        return Object.fromEntries(
          Object.entries(isRecord(each.properties) ? each.properties : {}).map(
            ([key, member]) => [key, build(member, key, segment)],
          ),
        );
      case 'array':
        return segments.map(item => build(each.items, '', item));
      case 'integer':
      case 'number':
        return name === 'id' && segment ? Number(segment.id) : 0;
      case 'boolean':
        return true;
      case 'null':
        return null;
      default:
        return stringFor(each, name, segment);
    }
  };

  return build(root, '');
}

function resolved(schema: unknown, root: JsonSchema): JsonSchema {
  if (!isRecord(schema)) return {};
  if (Array.isArray(schema.anyOf)) return resolved(schema.anyOf[0], root);
  if (typeof schema.$ref !== 'string') return schema;
  const name = schema.$ref.replace('#/$defs/', '');
  return isRecord(root.$defs) ? resolved(root.$defs[name], root) : {};
}

function typeOf(schema: JsonSchema): unknown {
  return Array.isArray(schema.type) ? schema.type[0] : schema.type;
}
