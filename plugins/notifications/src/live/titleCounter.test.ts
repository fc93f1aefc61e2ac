import { TitleCounter } from './titleCounter';

/** Observers are told in a microtask. */
const settled = () => Promise.resolve();

describe('the number in the title', () => {
  let counter: TitleCounter;
  beforeEach(() => {
    document.title = 'Catalog';
    counter = new TitleCounter();
  });
  afterEach(() => counter.stop());

  it('stands before it, small, and goes with the last message', () => {
    counter.show(3);
    expect(document.title).toBe('(3) Catalog');
    counter.show(1234);
    expect(document.title).toBe('(99+) Catalog');
    counter.show(0);
    expect(document.title).toBe('Catalog');
  });

  it('stays when another page sets the title', async () => {
    counter.show(3);
    document.title = 'Settings';
    await settled();
    expect(document.title).toBe('(3) Settings');
    counter.show(4);
    expect(document.title).toBe('(4) Settings');
  });

  it('stays when the same page sets it again, or anew', async () => {
    counter.show(3);
    document.title = 'Catalog';
    await settled();
    expect(document.title).toBe('(3) Catalog');
    document.querySelector('title')?.remove();
    const title = document.createElement('title');
    title.textContent = 'Anew';
    document.head.append(title);
    await settled();
    expect(document.title).toBe('(3) Anew');
  });

  it('does not take a number of the page for its own', async () => {
    counter.show(3);
    document.title = '(2) Pull requests';
    await settled();
    expect(document.title).toBe('(3) (2) Pull requests');
    counter.show(0);
    expect(document.title).toBe('(2) Pull requests');
  });

  it('does not contend with another counter', async () => {
    const other = new TitleCounter();
    counter.show(3);
    other.show(7);
    for (let i = 0; i < 10; i++) {
      await settled();
    }
    expect(document.title).toBe('(7) (3) Catalog');
    other.stop();
  });

  it('leaves the title as it would be', async () => {
    counter.show(3);
    document.title = 'Settings';
    counter.stop();
    expect(document.title).toBe('Settings');
    document.title = 'Catalog';
    await settled();
    expect(document.title).toBe('Catalog');
  });
});
