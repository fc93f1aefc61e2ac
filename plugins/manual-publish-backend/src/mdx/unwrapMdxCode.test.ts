import { shownFences } from './unwrapMdxCode';

describe('fences that code shows', () => {
  it('are told from fences of MDX, indented or not', () => {
    expect(shownFences('a\n\t ```mdx-code-block\n```` mdx-code-block')).toBe(
      'a\n\t ```\tmdx-code-block\n````\tmdx-code-block',
    );
  });

  // Notion gives up to 100 texts of 2,000 characters each. To look back from each line kept the process from all else for a minute.
  it('are looked for once in each line, also where 200,000 of them are empty', () => {
    const empty = '\n'.repeat(200_000);
    const started = performance.now();
    expect(shownFences(empty)).toBe(empty);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
