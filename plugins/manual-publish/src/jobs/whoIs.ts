import { parseEntityRef } from '@backstage/catalog-model';

/** A person or a plugin by its name, for lists; the whole reference stands in the title. */
export function whoIs(ref: string): string {
  try {
    return parseEntityRef(ref).name;
  } catch {
    return ref;
  }
}
