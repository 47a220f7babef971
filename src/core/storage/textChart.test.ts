import { expect, it } from 'vitest';
import { textChart } from './textChart.ts';

const points = (...values: readonly number[]) => values.map((y, x) => ({ x, y }));

it('draws a bar for each point, between the lowest and the highest', () => {
  expect(textChart(points(1, 0.5, 0)).split('\n')).toEqual([
    '1 ┤█',
    '  ┤█',
    '  ┤█',
    '  ┤█▁',
    '  ┤██',
    '  ┤██',
    '  ┤██',
    '0 ┤██▁',
  ]);
});

it('draws means where there are more points than room', () => {
  const lines = textChart(points(...Array.from({ length: 600 }, (_, index) => index))).split('\n');
  expect(lines).toHaveLength(8);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(70);
});

it('draws what does not change as a flat line, and nothing of two points', () => {
  expect(
    textChart(points(3, 3, 3))
      .split('\n')
      .at(-1),
  ).toBe('3 ┤▁▁▁');
  expect(textChart(points(1, 2))).toBe('');
});
