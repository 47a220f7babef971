import type { Chart, ChartSource, ConfusionMatrix } from './classification.ts';

/** A run's confusion matrix; `index` is its position among all charts. */
export interface RunMatrix {
  /** What people call the run. */
  readonly run: string;
  readonly chart: ConfusionMatrix;
  readonly index: number;
}

/** The matrices of several runs that come from the same artifact of the same task, one for each run. */
export interface SameMatrices {
  readonly source: ChartSource;
  readonly matrices: readonly RunMatrix[];
}

/** The confusion matrices that can be compared; those of one run only are left out. */
export function sameMatrices(
  charts: readonly { readonly run: string; readonly chart: Chart }[],
): readonly SameMatrices[] {
  const groups = new Map<string, RunMatrix[]>();
  for (const [index, { run, chart }] of charts.entries()) {
    if (chart.kind !== 'matrix') continue;
    const key = [chart.task, chart.artifact, chart.slice ?? ''].join('\n');
    groups.set(key, [...(groups.get(key) ?? []), { run, chart, index }]);
  }
  return [...groups.values()].flatMap((matrices) => {
    const [first, ...others] = matrices;
    return first === undefined || others.length === 0 ? [] : [{ source: first.chart, matrices }];
  });
}
