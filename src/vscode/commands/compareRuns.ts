import * as vscode from 'vscode';
import type { RunId } from '../../core/domain/run.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import { mostCompared } from '../../core/results/comparison.ts';
import { extensionUri } from '../extensionUri.ts';
import type { Services } from '../services.ts';
import { deadline } from '../trees/listing.ts';
import { runsOf, targetOf } from './arguments.ts';
import { runItem } from './pick.ts';
import type { Handler } from './table.ts';

/** Shows runs side by side (`{runs}`, or the rows that are selected); asks for them when fewer than two are named. */
export function compareRuns(services: Services): Handler {
  return async (...args) => {
    const named = runsOf(args);
    const runs = named.length >= 2 ? named : await pickRuns(services, targetOf(args).run, named);
    if (runs === undefined) return;
    if (runs.length < 2)
      throw new MlopsError('invalid', 'One run alone cannot be compared.', { hint: 'Choose at least two.' });
    if (runs.length > mostCompared)
      throw new MlopsError('invalid', `${runs.length} runs are too many to compare.`, {
        hint: `Choose at most ${mostCompared}.`,
      });
    const { showResults } = await import('../panels/resultsPanels.ts');
    await showResults(services, extensionUri(), await oldestFirst(services, runs));
  };
}

/** Asks which runs; the one that was named is the first of them. Runs of its pipeline come first. */
async function pickRuns(
  services: Services,
  first: RunId | undefined,
  chosen: readonly RunId[],
): Promise<readonly RunId[] | undefined> {
  const backend = await services.backend();
  const { items } = await backend.listRuns({ size: 200 }, deadline());
  const pipeline = items.find((run) => run.id === first)?.pipeline.name;
  const others = items.filter((run) => run.id !== first);
  const sorted = others.toSorted(
    (a, b) => Number(b.pipeline.name === pipeline) - Number(a.pipeline.name === pipeline),
  );
  const now = services.clock.now();
  const choices = sorted.map((run) => ({ ...runItem(run, now), picked: chosen.includes(run.id) }));
  const title = first === undefined ? 'Compare which runs?' : `Compare ${first} with which runs?`;
  const options = { title, canPickMany: true as const, matchOnDescription: true, matchOnDetail: true };
  const picked = await vscode.window.showQuickPick(choices, options);
  if (picked === undefined) return undefined;
  return [...(first === undefined ? [] : [first]), ...picked.map((item) => item.value.id)];
}

/** In the order in which they were begun, so that a change reads from before to after. */
async function oldestFirst(services: Services, runs: readonly RunId[]): Promise<readonly RunId[]> {
  const backend = await services.backend();
  const known = await Promise.all([...new Set(runs)].map((run) => backend.getRun(run, deadline())));
  return known.toSorted((a, b) => a.createdAt - b.createdAt).map((run) => run.id);
}
