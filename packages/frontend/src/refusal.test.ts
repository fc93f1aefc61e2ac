import { ResponseError } from '@backstage/errors';
import {
  errorDetail,
  isWorthRetrying,
  refusalOf,
  retryAfterOf,
} from './refusal';

const refused = (status: number, headers?: Record<string, string>) =>
  ResponseError.fromResponse(
    new Response(
      JSON.stringify({
        error: { name: 'InputError', message: 'limit: too large' },
        response: { statusCode: status },
      }),
      { status, headers: { 'Content-Type': 'application/json', ...headers } },
    ),
  );

describe('what a refusal says', () => {
  it.each([
    [401, 'signed-out'],
    [403, 'denied'],
    [404, 'unknown'],
    [503, 'other'],
  ])('%d is %s', async (status, refusal) => {
    expect(refusalOf(await refused(status))).toBe(refusal);
  });

  it('is worth another try where that may help', async () => {
    expect(refusalOf(new TypeError('Failed to fetch'))).toBe('other');
    expect(isWorthRetrying(new TypeError('Failed to fetch'))).toBe(true);
    expect(isWorthRetrying(await refused(503))).toBe(true);
    expect(isWorthRetrying(await refused(429))).toBe(true);
    expect(isWorthRetrying(await refused(400))).toBe(false);
    expect(isWorthRetrying(await refused(403))).toBe(false);
    expect(isWorthRetrying(await refused(404))).toBe(false);
  });

  it('has the words of the server, and when to come back', async () => {
    const error = await refused(429, { 'Retry-After': '7' });
    expect(errorDetail(error)).toBe('limit: too large');
    expect(retryAfterOf(error)).toBe('7');
    expect(retryAfterOf(new Error('none'))).toBeUndefined();
  });
});
