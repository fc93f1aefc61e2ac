import { z } from 'zod';

/** How a caller may prove who it is. @public */
export type CallerKind = 'user' | 'service' | 'secret' | 'signature';

/** A header of an answer, as `openapi.yaml` describes it. @public */
export type ResponseHeader = { description: string; schema: z.ZodType };

/**
 * One call of an API: what it takes, what it answers, who may make it. The server parses with these schemas, the client is
 * typed by them, `openapi.yaml` is generated from them.
 *
 * @public
 */
export type Operation = {
  id: string;
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below the plugin's base path, in express notation. */
  path: string;
  summary: string;
  description?: string;
  callers: readonly CallerKind[];
  permission: string;
  pathParams?: z.ZodObject;
  query?: z.ZodType;
  /** Another way to ask the same, whose parameters do not mix with those of `query`. */
  otherQuery?: z.ZodObject;
  headers?: z.ZodObject;
  body?: z.ZodType;
  success: {
    status: 200 | 202 | 204;
    description: string;
    body?: z.ZodType;
    /** `application/json` where it is left out. */
    contentType?: 'text/event-stream';
    headers?: Record<string, ResponseHeader>;
  };
  /** Where there may be nothing to answer with: what 204 means. */
  none?: string;
  /** Statuses, beside 500, with which it may refuse, and when. */
  refusals: Record<number, string>;
};
