import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** As much of JSON Schema as the documents use to say what a value may be. */
export type Schema = {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  format?: string;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  minimum?: number;
  maximum?: number;
};

export type DocumentedOperation = {
  operationId: string;
  security: Record<string, unknown>[];
  parameters?: {
    in: string;
    name: string;
    required?: boolean;
    schema: Schema;
  }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
};

type Document = {
  paths: Record<string, Record<string, DocumentedOperation>>;
  components: { schemas: Record<string, Schema> };
};

/** The API as its committed document has it: what answers are held against, and which calls there are to go through. */
export class OpenApiContract {
  readonly document: Document;
  readonly #ajv: Ajv2020;

  /** @param file - the `openapi.yaml` of a backend */
  constructor(file: string) {
    this.document = parse(readFileSync(file, 'utf8'));
    this.#ajv = addFormats(
      new Ajv2020({ strict: false, validateFormats: true }),
    ).addSchema(this.document, 'openapi');
  }

  get operations() {
    return Object.entries(this.document.paths).flatMap(([url, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        method,
        url,
        operation,
      })),
    );
  }

  /** What is wrong with an answer, if anything: a status that the document does not know, a body of another shape. */
  deviation(
    method: string,
    pathname: string,
    response: { status: number; text?: string },
  ): string | undefined {
    const template = this.#templateOf(pathname);
    const operation =
      template && this.document.paths[template][method.toLowerCase()];
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
    if (!documented.content['application/json']) {
      return undefined;
    }
    const pointer = [
      'paths',
      template,
      method.toLowerCase(),
      'responses',
      String(response.status),
      'content',
      'application/json',
      'schema',
    ]
      .map(part => part.replaceAll('~', '~0').replaceAll('/', '~1'))
      .join('/');
    const validate = this.#ajv.getSchema(`openapi#/${pointer}`);
    if (!validate) {
      return `${method} ${pathname} ${response.status} has no schema`;
    }
    return validate(JSON.parse(response.text ?? ''))
      ? undefined
      : `${method} ${pathname} ${response.status}: ${this.#ajv.errorsText(
          validate.errors,
        )}`;
  }

  /** The documented path that a path is an instance of; one without parameters goes before one with. */
  #templateOf(pathname: string): string | undefined {
    const templates = Object.keys(this.document.paths).filter(template =>
      new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(pathname),
    );
    return templates.find(template => !template.includes('{')) ?? templates[0];
  }
}
