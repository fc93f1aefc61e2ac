import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

type Schema = Record<string, unknown>;
export type DocumentedOperation = {
  operationId: string;
  security: Record<string, unknown>[];
  parameters?: { in: string; name: string; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
};
type OpenApiDocument = {
  paths: Record<string, Record<string, DocumentedOperation>>;
  components: { schemas: Record<string, Schema> };
};

/** The committed document, as callers read it. */
export const openApiDocument: OpenApiDocument = parse(
  readFileSync(path.resolve(__dirname, '../../openapi.yaml'), 'utf8'),
);

/** Every call of the document: what the fuzz and the authorization tests go through. */
export const documentedOperations = Object.entries(
  openApiDocument.paths,
).flatMap(([url, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    method,
    url,
    operation,
  })),
);

/** The documented path that a path is an instance of; one without parameters goes before one with. */
function templateOf(pathname: string): string {
  const templates = Object.keys(openApiDocument.paths).filter(template =>
    new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(pathname),
  );
  return templates.find(template => !template.includes('{')) ?? templates[0];
}

const ajv = addFormats(
  new Ajv2020({ strict: false, validateFormats: true }),
).addSchema(openApiDocument, 'openapi');

/**
 * What is wrong with an answer by the document, if anything: a status it does not know, a body of another shape.
 */
export function deviation(
  method: string,
  pathname: string,
  response: { status: number; text?: string },
): string | undefined {
  const template = templateOf(pathname);
  const operation = openApiDocument.paths[template]?.[method.toLowerCase()];
  if (!operation) {
    return `${method} ${pathname} is not documented`;
  }
  const documented = operation.responses[response.status];
  if (!documented) {
    return `${method} ${pathname} answered ${response.status}, which is not documented: ${response.text}`;
  }
  if (!documented.content) {
    return response.text
      ? `${method} ${pathname} has a body: ${response.text}`
      : undefined;
  }
  const pointer = [
    'paths',
    template,
    method.toLowerCase(),
    'responses',
    String(response.status),
  ]
    .concat('content', 'application/json', 'schema')
    .map(part => part.replaceAll('~', '~0').replaceAll('/', '~1'))
    .join('/');
  const validate = ajv.getSchema(`openapi#/${pointer}`);
  if (!validate) {
    return `${method} ${pathname} ${response.status} has no schema`;
  }
  return validate(JSON.parse(response.text ?? ''))
    ? undefined
    : `${method} ${pathname} ${response.status}: ${ajv.errorsText(
        validate.errors,
      )}`;
}
