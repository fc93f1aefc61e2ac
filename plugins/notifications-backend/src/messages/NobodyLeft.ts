import { NotFoundError } from '@backstage/errors';

/** None of those whom a message names is there; nothing was stored. */
export class NobodyLeft extends NotFoundError {}
