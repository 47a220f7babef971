import { count } from '../text/markdown.ts';
import { size } from '../text/units.ts';
import type { LogFindings, LogSearch } from './searchLog.ts';

/** Number of lines in the text before the first finding. */
export const headLines = 3;

/** The result of a search as plain text: a summary, then each line after its number. */
export function renderFindings({ run, task, text }: LogSearch, findings: LogFindings): string {
  const { found, matches, lines, searched, size: total } = findings;
  const what = `[${count(matches, 'line')} with "${text}" of ${lines} in the log of ${task}, ${run}.]`;
  const shown = found.filter(({ begins }) => begins !== true).length;
  const parts = [
    ...(matches > shown ? [`The first ${shown} are shown.`] : []),
    ...(searched < total ? [`Only the first ${size(searched)} of ${size(total)} were searched.`] : []),
    ...(matches > 0 ? ['A number leads to its line.'] : []),
  ];
  const width = String(found.at(-1)?.line ?? '').length;
  const rows = found.map(({ line, text: row }) => `${String(line).padStart(width)}  ${row}`);
  const bounds = parts.length === 0 ? [] : [`[${parts.join(' ')}]`];
  return `${[what, ...bounds, '', ...rows].join('\n')}\n`;
}
