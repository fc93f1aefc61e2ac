import { aNotification } from '../testing';
import { Bursts } from './Bursts';

describe('what comes in quick succession', () => {
  /** What is on the screen, by its titles. */
  let screen: string[];
  let bursts: Bursts;

  beforeEach(() => {
    jest.useFakeTimers();
    screen = [];
    bursts = new Bursts(({ origin, messages }) => {
      const words = `${origin}: ${messages
        .map(({ title }) => title.replace('Message ', ''))
        .join(' ')}`;
      screen.push(words);
      return { close: () => screen.splice(screen.indexOf(words), 1) };
    });
  });
  afterEach(() => jest.useRealTimers());

  const add = (number: number, origin = 'ci') =>
    bursts.add(aNotification(number, { origin }));
  const remove = (...numbers: number[]) =>
    bursts.remove(numbers.map(number => aNotification(number).id));

  it('is shown at once, and then as one', () => {
    add(1);
    expect(screen).toEqual(['ci: 1']);
    add(2);
    add(3);
    expect(screen).toEqual(['ci: 1']);
    jest.advanceTimersByTime(1_000);
    expect(screen).toEqual(['ci: 1 2 3']);
  });

  it('is apart by origin, and by time', () => {
    add(1);
    add(2, 'people');
    jest.advanceTimersByTime(10_000);
    add(3);
    jest.advanceTimersByTime(1_000);
    expect(screen).toEqual(['ci: 1', 'people: 2', 'ci: 3']);
  });

  it('counts a message that is sent again once, as the newest', () => {
    add(1);
    add(2);
    add(1);
    jest.advanceTimersByTime(1_000);
    expect(screen).toEqual(['ci: 2 1']);
  });

  it('goes when all of it is read', () => {
    add(1);
    add(2);
    jest.advanceTimersByTime(60_000);
    remove(1);
    expect(screen).toEqual(['ci: 1 2']);
    remove(2);
    expect(screen).toEqual([]);
    add(3);
    expect(screen).toEqual(['ci: 3']);
  });

  it('goes when it is cleared', () => {
    add(1);
    add(2, 'people');
    bursts.clear();
    jest.advanceTimersByTime(60_000);
    expect(screen).toEqual([]);
  });
});
