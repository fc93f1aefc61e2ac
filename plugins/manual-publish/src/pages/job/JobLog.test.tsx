import { renderInTestApp } from '@backstage/frontend-test-utils';
import { fireEvent, screen } from '@testing-library/react';
import { useState } from 'react';
import type { LogLine } from '../../jobs/jobView';
import { JobLog } from './JobLog';

const LINE_HEIGHT = 20;
const HEIGHT = 200;

const lines = (count: number): LogLine[] =>
  Array.from({ length: count }, (_, index) => ({
    id: index + 1,
    at: '2026-11-22T10:00:00.000Z',
    message: `Line ${index + 1}`,
  }));

const newest = () => screen.queryByRole('button', { name: /newest line/ });

/** The list as a browser lays it out. */
function layOut(list: HTMLElement, count: number) {
  Object.defineProperties(list, {
    scrollHeight: { configurable: true, value: count * LINE_HEIGHT },
    clientHeight: { configurable: true, value: HEIGHT },
  });
}

function GrowingLog({ from, to }: { from: number; to: number }) {
  const [count, setCount] = useState(from);
  return (
    <>
      <button onClick={() => setCount(to)}>Grow</button>
      <JobLog log={lines(count)} olderLines={0} emptyLog="to-come" />
    </>
  );
}

describe('the log of a publication', () => {
  const open = (count: number, olderLines = 0) => {
    renderInTestApp(
      <JobLog log={lines(count)} olderLines={olderLines} emptyLog="to-come" />,
    );
    const list = screen.getByRole('list', { name: 'Log' });
    layOut(list, count);
    return list;
  };
  const scrollTo = (list: HTMLElement, top: number) => {
    list.scrollTop = top;
    fireEvent.scroll(list);
  };

  it('is followed on where lines came before the browser told of its scrolling', () => {
    const list = open(100);
    scrollTo(list, 100 * LINE_HEIGHT - HEIGHT);
    layOut(list, 150);
    scrollTo(list, 110 * LINE_HEIGHT - HEIGHT);
    expect(newest()).toBeNull();
  });

  it('lets go where somebody scrolls up a little while lines come', () => {
    const list = open(100);
    const end = 100 * LINE_HEIGHT - HEIGHT;
    scrollTo(list, end);
    scrollTo(list, end - 5);
    expect(newest()).toBeVisible();
  });

  it('lets go where lines came between what somebody scrolled and what the browser tells of it', () => {
    renderInTestApp(<GrowingLog from={100} to={150} />);
    const list = screen.getByRole('list', { name: 'Log' });
    layOut(list, 100);
    scrollTo(list, 100 * LINE_HEIGHT - HEIGHT);
    layOut(list, 150);
    fireEvent.click(screen.getByRole('button', { name: 'Grow' }));
    scrollTo(list, 150 * LINE_HEIGHT - HEIGHT - 100);
    expect(newest()).toBeVisible();
  });

  it('is followed on where its lines become lower', () => {
    const list = open(100);
    scrollTo(list, 100 * LINE_HEIGHT - HEIGHT);
    layOut(list, 80);
    scrollTo(list, 80 * LINE_HEIGHT - HEIGHT);
    expect(newest()).toBeNull();
  });

  it('stays where somebody has scrolled up to, until they are at its end again', () => {
    const list = open(100);
    const end = 100 * LINE_HEIGHT - HEIGHT;
    scrollTo(list, end);
    scrollTo(list, end - 300);
    expect(newest()).toBeVisible();
    scrollTo(list, end - 200);
    expect(newest()).toBeVisible();
    scrollTo(list, end);
    expect(newest()).toBeNull();
  });

  it('says how many older lines it has not, where there are any', () => {
    open(100, 3_000);
    expect(screen.getByText('3,000 older lines are not shown.')).toBeVisible();
  });

  it('says nothing of older lines where it has all', () => {
    open(100);
    expect(screen.queryByText(/older line/)).toBeNull();
  });
});
