import { ResponseError } from '@backstage/errors';
import { errorDetail } from './refusal';

describe('errorDetail', () => {
  it('is what the server said', async () => {
    const error = await ResponseError.fromResponse(
      Object.assign(
        {
          status: 503,
          statusText: 'Service Unavailable',
          ok: false,
          headers: new Headers({ 'content-type': 'application/json' }),
        },
        {
          text: async () =>
            JSON.stringify({
              error: {
                name: 'ServiceUnavailableError',
                message: 'The catalog cannot be reached at the moment',
              },
              response: { statusCode: 503 },
            }),
        },
      ) as Response,
    );
    expect(errorDetail(error)).toBe(
      'The catalog cannot be reached at the moment',
    );
  });

  it('is what the browser said where no answer came', () => {
    expect(errorDetail(new TypeError('Failed to fetch'))).toBe(
      'Failed to fetch',
    );
  });

  it('is nothing where nothing is known', () => {
    expect(errorDetail(undefined)).toBeUndefined();
  });
});
