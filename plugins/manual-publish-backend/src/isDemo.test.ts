import { mockServices } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { isDemo } from './isDemo';
import { readSettings } from './settings/readSettings';

const REAL = {
  notion: { token: 'ntn_x' },
  openai: { apiKey: 'sk-x' },
  repository: { url: 'https://github.com/example/docs.git' },
};
const HERE = { repository: { url: 'http://localhost:7022/docs.git' } };

describe('that something is a demonstration', () => {
  it.each<[string, JsonObject, boolean]>([
    ['is not said of a real repository', {}, false],
    ['is not said where there is no repository', { repository: {} }, false],
    ['is said of one on this machine', HERE, true],
    [
      'is said of one by its address',
      { repository: { url: 'http://127.0.0.1:7022/docs.git' } },
      true,
    ],
    [
      'is said of one by its longer address',
      { repository: { url: 'http://[::1]:7022/docs.git' } },
      true,
    ],
    [
      'is not said of a host that only looks like this machine',
      { repository: { url: 'https://127.0.0.1.example.com/docs.git' } },
      false,
    ],
    [
      'is not said of a real repository whose translator is a gateway on this machine',
      { openai: { apiKey: 'sk-x', baseUrl: 'http://localhost:4000/v1' } },
      false,
    ],
    [
      'is said of a real repository into which the manuals of the stand-in go',
      { notion: { token: 'ntn_x', baseUrl: 'http://127.0.0.1:7020' } },
      true,
    ],
  ])('%s', (_name, manualPublish, expected) => {
    const settings = readSettings(
      mockServices.rootConfig({
        data: { manualPublish: { ...REAL, ...manualPublish } },
      }),
    );
    expect(isDemo(settings)).toBe(expected);
  });
});
