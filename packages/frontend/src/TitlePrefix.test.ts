import { TitlePrefix } from './TitlePrefix';

/** Observers are told in a microtask. */
const settled = () => Promise.resolve();

describe('words before the title', () => {
  let prefix: TitlePrefix;
  beforeEach(() => {
    document.title = 'Catalog';
    prefix = new TitlePrefix();
  });
  afterEach(() => prefix.stop());

  it('stand there, change and go', () => {
    prefix.show('(3) ');
    expect(document.title).toBe('(3) Catalog');
    prefix.show('(99+) ');
    expect(document.title).toBe('(99+) Catalog');
    prefix.show('');
    expect(document.title).toBe('Catalog');
  });

  it('stay when another page sets the title', async () => {
    prefix.show('(3) ');
    document.title = 'Settings';
    await settled();
    expect(document.title).toBe('(3) Settings');
    prefix.show('(4) ');
    expect(document.title).toBe('(4) Settings');
  });

  it('stay when the same page sets it again, or anew', async () => {
    prefix.show('(3) ');
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

  it('do not take words of the page for their own', async () => {
    prefix.show('(3) ');
    document.title = '(2) Pull requests';
    await settled();
    expect(document.title).toBe('(3) (2) Pull requests');
    prefix.show('');
    expect(document.title).toBe('(2) Pull requests');
  });

  it('do not contend with those of another', async () => {
    const other = new TitlePrefix();
    prefix.show('(3) ');
    other.show('(7) ');
    for (let i = 0; i < 10; i++) {
      await settled();
    }
    expect(document.title).toBe('(7) (3) Catalog');
    other.stop();
  });

  it('leave the title as it would be', async () => {
    prefix.show('(3) ');
    document.title = 'Settings';
    prefix.stop();
    expect(document.title).toBe('Settings');
    document.title = 'Catalog';
    await settled();
    expect(document.title).toBe('Catalog');
  });
});
