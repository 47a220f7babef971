import type { Run } from '../../src/core/domain/run.ts';
import { chartsOf } from '../../src/core/results/classification.ts';
import { runResults } from '../../src/core/results/runResults.ts';
import type { ToPanel } from '../../src/webviews/results/contract.ts';

/** What the extension sends to show this run. */
export function messagesFor(run: Run, previous?: Run): readonly ToPanel[] {
  return [
    {
      type: 'state',
      state: {
        kind: 'run',
        now: run.endedAt ?? run.createdAt,
        mayChange: true,
        results: runResults(run, previous),
      },
    },
    { type: 'charts', charts: chartsOf(run).map((chart) => ({ run: run.id, chart })) },
  ];
}
