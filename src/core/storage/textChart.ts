import { figure } from '../text/values.ts';

const width = 60;
const height = 8;
const eighths = ' ▁▂▃▄▅▆▇█';

/** A small chart of bars, as lines of text with the highest and the lowest value; "" for fewer than three points. In the order of `x`. */
export function textChart(points: readonly { readonly x: number; readonly y: number }[]): string {
  if (points.length < 3) return '';
  const columns = Math.min(width, points.length);
  const means = Array.from({ length: columns }, (_, column) => {
    const part = points.slice(
      Math.floor((column * points.length) / columns),
      Math.floor(((column + 1) * points.length) / columns),
    );
    return part.reduce((sum, { y }) => sum + y, 0) / part.length;
  });
  const [low, high] = [Math.min(...means), Math.max(...means)];
  const scale = high === low ? 0 : (height * 8 - 1) / (high - low);
  const filled = means.map((mean) => 1 + Math.round((mean - low) * scale));
  const lines = Array.from({ length: height }, (_, row) => {
    const base = (height - 1 - row) * 8;
    return filled.map((level) => eighths[Math.max(0, Math.min(8, level - base))]).join('');
  });
  const labels = lines.map((_, row) => (row === 0 ? figure(high) : row === height - 1 ? figure(low) : ''));
  const room = Math.max(...labels.map((label) => label.length));
  return lines.map((line, row) => `${(labels[row] ?? '').padStart(room)} ┤${line.trimEnd()}`).join('\n');
}
