import { TitlePrefix } from './TitlePrefix';

describe('words before the title', () => {
  let prefix: TitlePrefix;

  beforeEach(() => {
    document.head.innerHTML = '<title>Page</title>';
    prefix = new TitlePrefix();
  });
  afterEach(() => prefix.stop());

  const titleChanged = () =>
    new Promise<void>(resolve => {
      const observer = new MutationObserver(() => {
        observer.disconnect();
        resolve();
      });
      observer.observe(document.head, {
        childList: true,
        subtree: true,
        characterData: true,
      });
    });

  it('stand there, change and go', () => {
    prefix.show('3 % · ');
    expect(document.title).toBe('3 % · Page');
    prefix.show('4 % · ');
    expect(document.title).toBe('4 % · Page');
    prefix.show('');
    expect(document.title).toBe('Page');
  });

  it('stay when somebody else sets the title, and leave it to them', async () => {
    prefix.show('3 % · ');
    const changed = titleChanged();
    document.title = 'Another page';
    await changed;
    expect(document.title).toBe('3 % · Another page');
    prefix.stop();
    expect(document.title).toBe('Another page');
  });
});
