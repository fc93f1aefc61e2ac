import { formatNumber, renderTable, row } from './report';

const measured = (median: number) => ({
  median,
  p99: median * 2,
  rounds: [median],
  samples: 1,
});

describe('row', () => {
  it('has the ratio of the medians where both sides were measured', () => {
    expect(
      row({
        name: 'list',
        size: '10 k',
        unit: 'ms',
        herald: measured(2),
        upstream: measured(8),
      }).ratio,
    ).toBe(0.25);
  });

  it('has none where one side is missing', () => {
    expect(
      row({ name: 'list', size: '10 k', unit: 'ms', herald: measured(2) }),
    ).not.toHaveProperty('ratio');
  });
});

describe('formatNumber', () => {
  it.each([
    [0, '0.00'],
    [0.01234, '0.0123'],
    [1.234, '1.23'],
    [12.34, '12.3'],
    [123.4, '123'],
    [12345.6, '12346'],
  ])('writes %d as %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });
});

describe('renderTable', () => {
  it('lines the columns up, leaves what was not measured empty, and puts each note below once', () => {
    const lines = renderTable([
      row({
        name: 'list',
        size: '1 M',
        unit: 'ms',
        herald: measured(2),
        upstream: measured(8),
      }),
      row({
        name: 'list, SQLite',
        size: '100 k',
        unit: 'ms',
        herald: measured(1),
        note: 'no peer',
      }),
    ]);
    expect(lines).toEqual([
      'work          size   unit  Herald   p99  upstream   p99  Herald / upstream',
      '------------  -----  ----  ------  ----  --------  ----  -----------------',
      'list          1 M    ms      2.00  4.00      8.00  16.0              0.250',
      'list, SQLite  100 k  ms      1.00  2.00',
      '',
      'list, SQLite: no peer',
    ]);
  });
});
