import { describe, expect, it } from 'vitest';
import { MadeUpObject, repeated } from '../../../../test/fakes/madeUpObject.ts';
import { MemoryObjectStore } from '../../../../test/fakes/memoryObjectStore.ts';
import { plotColumn, type PlotChoice } from './plotColumn.ts';
import { renderPlot, trendOf } from './renderPlot.ts';

const signal = new AbortController().signal;
const losses = [0.9, 0.5, 0.3, 0.2, 0.25];
const metrics = `epoch,note,val_loss,loss\n${losses.map((loss, index) => `${index + 1},x,${loss * 2},${loss}`).join('\n')}\n`;
const plot = (choice: PlotChoice = {}, content = metrics, key = 'metrics.csv') =>
  plotColumn(new MemoryObjectStore().put('m', key, content), { bucket: 'm', key }, choice, {
    deps: {},
    signal,
  });

describe('a column of a table', () => {
  it('is drawn against the steps, told in figures', async () => {
    const data = await plot();
    expect(data).toMatchObject({
      x: 'epoch',
      y: 'loss',
      scale: 'number',
      numeric: ['epoch', 'val_loss', 'loss'],
    });
    expect(renderPlot(data)).toBe(
      [
        '`m/metrics.csv`: `loss` against `epoch`, 5 points.',
        '- falls from 0.9 to 0.25',
        '- lowest: 0.2 at `epoch` 4',
        '- highest: 0.9 at `epoch` 1',
        '- last: 0.25 at `epoch` 5',
      ].join('\n'),
    );
  });

  it('is found by its name in any case, or a part of it', async () => {
    expect((await plot({ y: 'VAL' })).y).toBe('val_loss');
    expect(await plot({ y: 'loss', x: 'val_loss' })).toMatchObject({ x: 'val_loss', y: 'loss' });
  });

  it('is drawn against the row where nothing counts the steps, and against times', async () => {
    expect(await plot({}, 'a,b\n3,x\n4,y\n')).toMatchObject({
      x: undefined,
      y: 'a',
      points: [{ x: 1 }, { x: 2 }],
    });
    const days = await plot({}, 'date,clicks\n2026-01-02,4\n2026-01-01,3\n');
    expect(days).toMatchObject({ scale: 'time', points: [{ y: 3 }, { y: 4 }] });
    expect(renderPlot(days)).toContain('- highest: 4 at `date` 2026-01-02');
  });

  it('of JSON lines, with rows that have no number', async () => {
    const data = await plot({ y: 'loss' }, '{"loss":1}\n{"loss":null}\n{"loss":2}\n', 'log.jsonl');
    expect(data.points).toEqual([
      { x: 1, y: 1 },
      { x: 3, y: 2 },
    ]);
    expect(data.cut).toEqual(['1 row without a number is left out.']);
  });

  it.each([
    [{ y: 'nope' }, 'There is no column nope.', 'There is epoch, note, val_loss, loss.'],
    [
      { y: 'note' },
      'The column note has no numbers; it is text.',
      'Columns of numbers: epoch, val_loss, loss.',
    ],
  ])('that is not there or has no numbers is told: %j', async (choice, message, hint) => {
    await expect(plot(choice)).rejects.toMatchObject({ message, hint });
  });

  it('of what is no table is told', async () => {
    await expect(plot({}, '# Title', 'a.md')).rejects.toMatchObject({ kind: 'unsupported' });
    await expect(plot({}, 'a,b\nx,y\n')).rejects.toMatchObject({
      message: 'The table has no column of numbers.',
    });
  });

  it('of 10 GB is drawn from the first MB, and says so', async () => {
    const store = new MadeUpObject(10_000_000_000, repeated('12345,0.5\n'));
    const data = await plotColumn(store, { bucket: 'm', key: 'a.csv' }, {}, { deps: {}, signal });
    expect(store.bytesRead).toBeLessThanOrEqual(1_000_000);
    expect(data.points).toHaveLength(5000);
    expect(data.cut).toEqual(['The first 5000 rows of more are shown.']);
  });
});

it.each([
  [[1, 2, 3, 4], 'rises from 1 to 4'],
  [[4, 3, 2, 1], 'falls from 4 to 1'],
  [[2, 2, 2, 2], 'stays at 2'],
  [[2, 9, 1, 2], 'ends where it began, from 2 to 2, with a range of 8'],
  [[1, 2], 'goes from 1 to 2'],
])('the trend of %j is told: %s', (values, words) =>
  expect(trendOf(values.map((y, x) => ({ x, y })))).toBe(words),
);
