import { Root } from 'mdast';
import { isDeepStrictEqual } from 'node:util';
import { Position } from 'unist';
import { canonical, CanonicalNode } from './canonical';

export type Difference = {
  readonly expected: CanonicalNode | undefined;
  readonly found: CanonicalNode | undefined;
  readonly position?: Position;
};

/** Where a tree that was read is not the one that it was written from. */
export function firstDifference(
  written: Root,
  read: Root,
): Difference | undefined {
  return differenceIn(canonical(written), canonical(read), read.position);
}

function differenceIn(
  expected: CanonicalNode | undefined,
  found: CanonicalNode | undefined,
  around: Position | undefined,
): Difference | undefined {
  const position = found?.position ?? around;
  if (
    !expected ||
    !found ||
    expected.type !== found.type ||
    !isDeepStrictEqual(expected.fields, found.fields)
  ) {
    return expected === found ? undefined : { expected, found, position };
  }
  const length = Math.max(expected.children.length, found.children.length);
  for (let index = 0; index < length; index += 1) {
    const difference = differenceIn(
      expected.children[index],
      found.children[index],
      position,
    );
    if (difference) return difference;
  }
  return undefined;
}
