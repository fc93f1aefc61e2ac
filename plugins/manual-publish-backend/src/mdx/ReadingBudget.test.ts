import { ReadingBudget } from './ReadingBudget';

describe('of one page', () => {
  it('ten texts are read that have as many marks as one may have', () => {
    const budget = new ReadingBudget();
    const taken = Array.from({ length: 12 }, () =>
      budget.takesText('['.repeat(5_000)),
    );
    expect(taken.filter(Boolean)).toHaveLength(10);
    expect(taken.indexOf(false)).toBe(10);
  });

  it('no text is read that has more', () => {
    const budget = new ReadingBudget();
    expect(budget.takesText('['.repeat(5_001))).toBe(false);
    expect(budget.takesText('['.repeat(5_000))).toBe(true);
  });

  it('a hundred thousand texts are read that are as people write', () => {
    const budget = new ReadingBudget();
    const text = 'A sentence (with *some* marks), [a link](https://a.b/c_d)! ';
    for (let count = 0; count < 100_000; count += 1) {
      expect(budget.takesText(text.repeat(3))).toBe(true);
    }
  });

  it('what is left is read after what was too much', () => {
    const budget = new ReadingBudget();
    for (let count = 0; count < 9; count += 1) {
      budget.takesText('['.repeat(5_000));
    }
    budget.takesText('['.repeat(4_000));
    expect(budget.takesText('['.repeat(3_001))).toBe(false);
    expect(budget.takesText('['.repeat(3_000))).toBe(true);
    expect(budget.takesText('[')).toBe(false);
    expect(budget.takesText('words')).toBe(true);
  });

  it('100,000 characters of MDX are read', () => {
    const budget = new ReadingBudget();
    expect(budget.takesMdx('x'.repeat(60_000))).toBe(true);
    expect(budget.takesMdx('x'.repeat(60_000))).toBe(false);
    expect(budget.takesMdx('x'.repeat(40_000))).toBe(true);
    expect(budget.takesMdx('x')).toBe(false);
  });
});
