import * as z from 'zod';
import type { Focus } from '../domain/focus.ts';
import { objectIn } from '../sentences/objectNamed.ts';
import { type PlotData, plotColumn } from '../storage/preview/plotColumn.ts';
import { renderPlot } from '../storage/preview/renderPlot.ts';
import { textChart } from '../storage/textChart.ts';
import { fenced, nameText } from '../text/markdown.ts';
import { bucketField, keyField } from './fields.ts';
import { defineTool } from './tool.ts';

const mostColumns = 4;
const input = z.strictObject({
  bucket: bucketField,
  key: keyField,
  columns: z
    .array(z.string().min(1).max(200))
    .min(1)
    .max(mostColumns)
    .optional()
    .describe('Left out: the likeliest.'),
  x: z.string().min(1).max(200).optional().describe('The column along the bottom.'),
});
type Input = z.infer<typeof input>;

export const plotObjectTool = defineTool({
  name: 'mlops_plot_object',
  title: 'Plot columns of an object',
  userDescription: 'Draws columns of a table that is an object, and says how they go.',
  modelDescription:
    'Draws columns of numbers of a table (CSV, JSON lines, Parquet) for the person, and returns how each goes: trend, lowest, highest, last.',
  effect: 'read',
  input,
  progress: ({ key }) => `Drawing ${nameText(key)}`,
  run: async ({ bucket, key, columns, x }, { previewReaders: readers, store: open }, signal) => {
    const store = await open();
    const deps = readers === undefined ? {} : { readers };
    const plots: PlotData[] = [];
    for (const y of columns ?? [undefined])
      plots.push(await plotColumn(store, { bucket, key }, { x, y }, { deps, signal }));
    return plots;
  },
  render: (plots) =>
    plots.map((plot) => [renderPlot(plot), chartOf(plot)].filter(Boolean).join('\n\n')).join('\n\n'),
  mentions: ([first]) =>
    first === undefined ? [] : [{ kind: 'object', bucket: first.stat.bucket, key: first.stat.key }],
  examples: [
    {
      say: 'plot artifacts/churn/metrics.csv',
      means: { bucket: 'artifacts', key: 'churn/metrics.csv' },
    },
    {
      say: 'plot the loss from artifacts/churn/metrics.csv',
      means: { bucket: 'artifacts', key: 'churn/metrics.csv', columns: ['loss'] },
      does: 'a column of a table',
    },
  ],
  sentences: [
    {
      pattern:
        /^(?:plot|chart|draw|graph|visuali[sz]e|zeichne|plotte)(?: me)?(?: a (?:chart|plot|graph|curve) of)? (?:(?<columns>.+?) (?:from|of|in|aus|von) )?(?<object>\S+|"[^"]+")$/i,
      means: ({ columns, object }, focus) => plotted(columns, object, focus),
    },
  ],
});

/** "Loss and accuracy against epoch": columns, and the one along the bottom. */
function plotted(columns: string | undefined, object: string | undefined, focus: Focus): Input | undefined {
  const place = objectIn(object, focus);
  if (place === undefined || columns === undefined) return place;
  const [ys = '', x] = columns.split(/ (?:against|over|versus|vs\.?|by|gegen|über) /i);
  const names = ys
    .split(/,? (?:and|und) |, ?/)
    .map((name) => bare(name))
    .filter((name) => name !== '');
  if (names.length === 0 || names.length > mostColumns || names.some((name) => /\s.*\s/.test(name)))
    return undefined;
  return { ...place, columns: names, ...(x === undefined ? {} : { x: bare(x) }) };
}

const bare = (name: string) =>
  name
    .replace(/^(?:the |its |den |die |das )/i, '')
    .replace(/["'`]/g, '')
    .trim();

const chartOf = ({ points }: PlotData) => {
  const chart = textChart(points);
  return chart === '' ? '' : fenced(chart, 'text');
};
