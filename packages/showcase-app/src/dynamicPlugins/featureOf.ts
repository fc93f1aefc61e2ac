import type {
  FrontendFeature,
  FrontendFeatureLoader,
} from '@backstage/frontend-plugin-api';

const KINDS: readonly unknown[] = [
  '@backstage/FrontendPlugin',
  '@backstage/FrontendModule',
  '@backstage/FrontendFeatureLoader',
];

function isFeature(
  value: unknown,
): value is FrontendFeature | FrontendFeatureLoader {
  return (
    typeof value === 'object' &&
    value !== null &&
    '$$type' in value &&
    KINDS.includes(value.$$type)
  );
}

/** The feature that a module has as its default export. Modules with components alone have none. */
export function featureOf(
  module: unknown,
): FrontendFeature | FrontendFeatureLoader | undefined {
  return typeof module === 'object' &&
    module !== null &&
    'default' in module &&
    isFeature(module.default)
    ? module.default
    : undefined;
}
