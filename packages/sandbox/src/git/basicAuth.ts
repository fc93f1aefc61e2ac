import { Request } from 'express';

export interface BasicCredentials {
  user: string;
  password: string;
}

/** What stands behind `Authorization: Basic`, or undefined. */
export function basicCredentials(req: Request): BasicCredentials | undefined {
  const encoded = /^Basic ([\w+/=]+)$/i.exec(
    req.get('authorization') ?? '',
  )?.[1];
  if (encoded === undefined) return undefined;
  const [user = '', ...password] = Buffer.from(encoded, 'base64')
    .toString()
    .split(':');
  return { user, password: password.join(':') };
}
