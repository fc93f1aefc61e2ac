import { aNotification } from '../testing';
import { beginningOf, linkTo } from './messageWords';

describe('the beginning of a message', () => {
  it.each([
    [undefined, ''],
    ['Less than **1 %** is `left`', 'Less than 1 % is left'],
    ['# Done\n\n- one\n- [two](https://example.com)', 'Done one two'],
    ['2 * 3 * 4 and snake_case_name', '2 * 3 * 4 and snake_case_name'],
    ['x'.repeat(500), `${'x'.repeat(159)}…`],
  ])('of %j is %j', (text, beginning) => {
    expect(beginningOf(text)).toBe(beginning);
  });
});

describe('the link', () => {
  const system = aNotification(1, { isSystem: true });
  it('leads to the message, or to those of the origin', () => {
    const [one, two] = [aNotification(1), aNotification(2)];
    expect(linkTo({ origin: 'ci', messages: [one] }, '/n')).toBe(
      `/n?id=${one.id}`,
    );
    expect(linkTo({ origin: 'c&i', messages: [one, two] }, '/n')).toBe(
      '/n?origin=c%26i',
    );
    expect(linkTo({ origin: 'ci', messages: [system, system] }, '/n')).toBe(
      '/n?origin=ci&tab=updates',
    );
  });
});
