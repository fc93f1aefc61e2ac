import { CustomErrorBase } from '@backstage/errors';

/** A text that does not compile, or that reads as something else than it was written from. Line and column count from 1. */
export class MdxFault extends CustomErrorBase {
  readonly name = 'MdxFault' as const;

  constructor(
    readonly line: number,
    readonly column: number,
    readonly reason: string,
  ) {
    super(`Line ${line}, column ${column}: ${reason}`);
  }
}
