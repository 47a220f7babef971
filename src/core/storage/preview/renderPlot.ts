import { code, count } from '../../text/markdown.ts';
import { figure } from '../../text/values.ts';
import type { PlotData, PlotPoint } from './plotColumn.ts';

/** Fewer points say nothing of a trend. */
const fewest = 4;
/** A change below this share of all values is none. */
const least = 0.1;

/** What a line shows, in figures: Markdown for the chat and for models. */
export function renderPlot(plot: PlotData): string {
  const { stat, x, y, points, cut } = plot;
  const object = code(`${stat.bucket}/${stat.key}`);
  const [first] = points;
  const last = points.at(-1);
  const against = x === undefined ? 'the row' : code(x);
  if (first === undefined || last === undefined) return `${object}: ${code(y)} has no numbers.`;
  const low = points.reduce((a, b) => (b.y < a.y ? b : a));
  const high = points.reduce((a, b) => (b.y > a.y ? b : a));
  const at = (point: PlotPoint) => `${figure(point.y)} at ${against} ${position(plot, point.x)}`;
  const lines = [
    `${object}: ${code(y)} against ${against}, ${count(points.length, 'point')}.`,
    `- ${trendOf(points)}`,
    `- lowest: ${at(low)}`,
    `- highest: ${at(high)}`,
    `- last: ${at(last)}`,
  ];
  return [...lines, ...(cut.length === 0 ? [] : ['', cut.join(' ')])].join('\n');
}

const position = ({ scale }: PlotData, x: number) =>
  scale === 'time' ? new Date(x).toISOString().replace('T00:00:00.000Z', '') : figure(x);

/** How the values go from the first tenth to the last one, as a phrase: "falls from 0.9 to 0.1". */
export function trendOf(points: readonly PlotPoint[]): string {
  const [first, last] = [points[0]?.y ?? 0, points.at(-1)?.y ?? 0];
  const fromTo = `from ${figure(first)} to ${figure(last)}`;
  if (points.length < fewest) return `goes ${fromTo}`;
  const tenth = Math.max(1, Math.floor(points.length / 10));
  const change = mean(points.slice(-tenth)) - mean(points.slice(0, tenth));
  const values = points.map(({ y }) => y);
  const range = values.reduce((a, b) => Math.max(a, b)) - values.reduce((a, b) => Math.min(a, b));
  if (range === 0) return `stays at ${figure(first)}`;
  if (Math.abs(change) < range * least)
    return `ends where it began, ${fromTo}, with a range of ${figure(range)}`;
  return `${change > 0 ? 'rises' : 'falls'} ${fromTo}`;
}

const mean = (points: readonly PlotPoint[]) => points.reduce((sum, { y }) => sum + y, 0) / points.length;
