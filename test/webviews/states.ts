import type { TaskNode } from '../../src/core/domain/pipeline.ts';
import type { Run } from '../../src/core/domain/run.ts';
import { chartsOf } from '../../src/core/results/classification.ts';
import { runResults } from '../../src/core/results/runResults.ts';
import type { ToPanel } from '../../src/webviews/results/contract.ts';

/** What the extension sends to show this run, with the tasks of its pipeline. */
export function messagesFor(run: Run, previous?: Run, graph?: readonly TaskNode[]): readonly ToPanel[] {
  return [
    {
      type: 'state',
      state: {
        kind: 'run',
        now: run.endedAt ?? run.createdAt,
        ...{ mayChange: true, hasFolder: true },
        results: runResults(run, previous, graph),
      },
    },
    { type: 'charts', charts: chartsOf(run).map((chart) => ({ run: run.id, chart })) },
  ];
}
