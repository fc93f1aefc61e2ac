import { Request } from 'express';

/** What stands behind `Authorization: Bearer`, or undefined. */
export function bearerToken(req: Request): string | undefined {
  return /^Bearer (.+)$/i.exec(req.get('authorization') ?? '')?.[1];
}
