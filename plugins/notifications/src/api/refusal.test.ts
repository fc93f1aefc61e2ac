import { isWorthRetrying, refusalOf } from './refusal';

const refused = (statusCode: number) =>
  Object.assign(new Error('refused'), { statusCode });

describe('refusalOf', () => {
  it.each([
    [401, 'signed-out'],
    [403, 'denied'],
    [404, 'unknown-user'],
    [500, 'other'],
  ])('reads status %d as %s', (status, refusal) => {
    expect(refusalOf(refused(status))).toBe(refusal);
  });

  it('reads a dropped connection as something that may mend itself', () => {
    expect(refusalOf(new TypeError('Failed to fetch'))).toBe('other');
    expect(isWorthRetrying(new TypeError('Failed to fetch'))).toBe(true);
  });
});

describe('isWorthRetrying', () => {
  it.each([
    [400, false],
    [403, false],
    [404, false],
    [429, true],
    [503, true],
  ])('status %d: %s', (status, worth) => {
    expect(isWorthRetrying(refused(status))).toBe(worth);
  });
});
