import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { createDocument } = require('zod-openapi');
const { z } = require('zod');

const backstageToken = { backstageToken: [] };
const SECURITY = {
  user: backstageToken,
  service: backstageToken,
  secret: { notificationsSecret: [] },
  signature: { notionSignature: [] },
};

const SECURITY_SCHEMES = {
  backstageToken: {
    type: 'http',
    scheme: 'bearer',
    description:
      'The token of a signed-in user, of another backend plugin, or an external access token of the host.',
  },
  notificationsSecret: {
    type: 'apiKey',
    in: 'header',
    name: 'notifications-secret',
    description: 'What `notifications.externalCallerSecret` says.',
  },
  notionSignature: {
    type: 'apiKey',
    in: 'header',
    name: 'x-notion-signature',
    description:
      "Notion's signature of the body, by `manualPublish.notion.webhookVerificationToken`.",
  },
};

const ERROR_NAMES = {
  400: 'InputError',
  401: 'AuthenticationError',
  403: 'NotAllowedError',
  404: 'NotFoundError',
  409: 'ConflictError',
  413: 'PayloadTooLargeError',
  429: 'TooManyRequestsError',
  500: 'InternalError',
  503: 'ServiceUnavailableError',
};

const errorSchema = z
  .object({
    error: z.object({
      name: z.string().meta({ description: 'What kind of error it is.' }),
      message: z.string().meta({
        description: 'For people; names the field and the value at fault.',
      }),
    }),
    request: z.object({ method: z.string(), url: z.string() }).optional(),
    response: z.object({ statusCode: z.int() }),
  })
  .meta({ id: 'Error', description: 'How every refusal looks.' });

/** An OpenAPI 3.1 document of the operations of some plugins, with their paths as callers see them. */
export function buildDocument(title, plugins) {
  const paths = {};
  for (const plugin of plugins) {
    for (const operation of plugin.operations) {
      const path = `/api/${plugin.id}${operation.path.replace(
        /:(\w+)/g,
        '{$1}',
      )}`;
      paths[path] = {
        ...paths[path],
        [operation.method]: describe(plugin, operation),
      };
    }
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title,
      version: '0.1.0',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: 'http://localhost:7007' }],
    tags: plugins.map(({ id, title: name }) => ({
      name: id,
      description: name,
    })),
    paths,
    components: {
      securitySchemes: securitySchemes(plugins),
    },
  });
}

/** Those that some operation takes. */
function securitySchemes(plugins) {
  const callers = plugins.flatMap(({ operations }) =>
    operations.flatMap(operation => operation.callers),
  );
  const names = distinct(
    callers.flatMap(caller => Object.keys(SECURITY[caller])),
  );
  return Object.fromEntries(
    Object.entries(SECURITY_SCHEMES).filter(([name]) => names.includes(name)),
  );
}

function describe(plugin, operation) {
  const { success, refusals } = operation;
  return {
    operationId: operation.id,
    tags: [plugin.id],
    summary: operation.summary,
    description: [operation.description, needs(operation)]
      .filter(Boolean)
      .join('\n\n'),
    security: distinct(operation.callers.map(caller => SECURITY[caller])),
    requestParams: {
      ...(operation.pathParams && { path: operation.pathParams }),
      ...(operation.query && { query: queryOf(operation) }),
      ...(operation.headers && { header: operation.headers }),
    },
    ...(operation.body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: operation.body } },
      },
    }),
    responses: {
      [success.status]: {
        description: success.description,
        ...(success.headers && { headers: headers(success.headers) }),
        ...(success.body && {
          content: {
            [success.contentType ?? 'application/json']: {
              schema: success.body,
            },
          },
        }),
      },
      ...(operation.none && { 204: { description: operation.none } }),
      ...Object.fromEntries(
        Object.entries({
          ...refusals,
          500: 'Something failed in the server; nothing of it is told.',
        }).map(([status, description]) => [
          status,
          refusal(plugin, operation, status, description),
        ]),
      ),
    },
  };
}

function needs({ callers, permission }) {
  if (callers.includes('signature')) {
    return `Needs ${permission}.`;
  }
  const orSecret = callers.includes('secret')
    ? ', or the notifications-secret header'
    : '';
  const names = permission.split(' or ').map(name => `\`${name}\``);
  return `Needs the permission ${names.join(' or ')}${orSecret}.`;
}

/** All parameters of an operation that can be asked in two ways; which go together, their descriptions say. */
function queryOf({ query, otherQuery }) {
  return otherQuery ? z.object({ ...otherQuery.shape, ...query.shape }) : query;
}

function refusal(plugin, operation, status, description) {
  return {
    description,
    content: {
      'application/json': {
        schema: errorSchema,
        example: {
          error: { name: ERROR_NAMES[status], message: description },
          request: {
            method: operation.method.toUpperCase(),
            url: operation.path,
          },
          response: { statusCode: Number(status) },
        },
      },
    },
  };
}

function headers(described) {
  return Object.fromEntries(
    Object.entries(described).map(([name, { description, schema }]) => {
      const { $schema: _, ...jsonSchema } = z.toJSONSchema(schema);
      return [name, { description, schema: jsonSchema }];
    }),
  );
}

function distinct(values) {
  return [...new Set(values)];
}
