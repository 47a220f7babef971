import { code, plain, table } from '../text/markdown.ts';
import { duration } from '../text/units.ts';
import type { Comparison } from './comparison.ts';

/** A comparison of runs as Markdown, to be pasted somewhere else. Runs are columns. */
export function comparisonTable(comparison: Comparison): string {
  const { runs, warnings, notCompared, parameters, metrics, cut } = comparison;
  const heads = runs.map((run) => code(run.label));
  const differing = parameters.filter((row) => row.differs);
  const lengths = runs.map((run) => (run.durationMs === undefined ? '—' : duration(run.durationMs)));
  return [
    ...[...warnings, ...notCompared].map((warning) => `> ${plain(warning)}`),
    table(
      ['Parameters that differ', ...heads],
      differing.map((row) => [plain(row.name), ...row.values.map(plain)]),
    ) || 'The parameters are the same.',
    table(
      ['Metric', 'Better', ...heads],
      [
        ...metrics.map((row) => [
          plain(row.name),
          row.direction,
          ...row.cells.map((cell) => (cell.best ? `**${plain(cell.value)}**` : plain(cell.value))),
        ]),
        ['Time', '', ...lengths], // most of it may be the preparation
      ],
    ),
    ...cut.map(plain),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}
