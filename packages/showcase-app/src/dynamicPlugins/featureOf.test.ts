import {
  createFrontendFeatureLoader,
  createFrontendModule,
  createFrontendPlugin,
} from '@backstage/frontend-plugin-api';
import { featureOf } from './featureOf';

describe('featureOf', () => {
  it.each([
    ['a plugin', createFrontendPlugin({ pluginId: 'notifications' })],
    ['a module', createFrontendModule({ pluginId: 'app', extensions: [] })],
    ['a loader', createFrontendFeatureLoader({ loader: () => [] })],
  ])('finds %s', (_, feature) => {
    expect(featureOf({ default: feature })).toBe(feature);
  });

  it.each([
    ['components alone', { NotificationsPage: () => null }],
    ['a component as default export', { default: () => null }],
    ['another object as default export', { default: { $$type: 'x' } }],
    ['nothing', null],
  ])('finds none in a module with %s', (_, module) => {
    expect(featureOf(module)).toBeUndefined();
  });
});
