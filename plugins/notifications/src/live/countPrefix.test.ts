import { countPrefix } from './countPrefix';

describe('the number before the title', () => {
  it.each([
    [0, ''],
    [3, '(3) '],
    [99, '(99) '],
    [1234, '(99+) '],
  ])('of %d unread is “%s”', (count, prefix) => {
    expect(countPrefix(count)).toBe(prefix);
  });
});
