import * as vscode from 'vscode';
import type { RunId, RunSummary } from '../../core/domain/run.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import type { PipelineBackend } from '../../core/ports/pipelineBackend.ts';
import { mostCompared } from '../../core/results/comparison.ts';
import { extensionUri } from '../extensionUri.ts';
import type { Services } from '../services.ts';
import { deadline } from '../deadline.ts';
import type { Handler } from './command.ts';
import { runsOf, targetOf } from './shared/arguments.ts';
import { runItem } from './shared/pick.ts';
import { backendAt } from './shared/place.ts';

/** Compares runs (`{runs}`, or the selected rows); asks for them when fewer than two are given. */
export function compareRuns(services: Services): Handler {
  return async (...args) => {
    const { connection, runs: named } = runsOf(args);
    const target = targetOf(args);
    const backend = await backendAt(services, connection ?? target.connection);
    const chosen = { first: target.run, chosen: named };
    const runs = named.length >= 2 ? named : await pickRuns(services, backend, chosen);
    if (runs === undefined) return;
    if (runs.length < 2)
      throw new MlopsError('invalid', 'One run alone cannot be compared.', { hint: 'Choose at least two.' });
    if (runs.length > mostCompared)
      throw new MlopsError('invalid', `${runs.length} runs are too many to compare.`, {
        hint: `Choose at most ${mostCompared}.`,
      });
    const { showResults } = await import('../panels/resultsPanels.ts');
    await showResults(services, extensionUri(), {
      connection: backend.connection.id,
      runs: await inOrder(backend, runs),
    });
  };
}

/** Asks which runs to compare; the given one is the first of them. Runs of its pipeline come first. */
async function pickRuns(
  services: Services,
  backend: PipelineBackend,
  { first, chosen }: { readonly first: RunId | undefined; readonly chosen: readonly RunId[] },
): Promise<readonly RunId[] | undefined> {
  const { items } = await backend.listRuns({ size: 200 }, deadline());
  const before = items.find((run) => run.id === first);
  const pipeline = before?.pipeline.name;
  const others = items.filter((run) => run.id !== first);
  const sorted = others.toSorted(
    (a, b) => Number(b.pipeline.name === pipeline) - Number(a.pipeline.name === pipeline),
  );
  const now = services.clock.now();
  const choices = sorted.map((run) => ({ ...runItem(run, now), picked: chosen.includes(run.id) }));
  const title =
    first === undefined ? 'Compare which runs?' : `Compare ${before?.label ?? first} with which runs?`;
  const picked = await pickSeveral(title, choices);
  if (picked === undefined) return undefined;
  return [...(first === undefined ? [] : [first]), ...picked];
}

type Choice = ReturnType<typeof runItem> & { readonly picked: boolean };

/** The ticked runs, or the focused one when none is ticked. */
function pickSeveral(title: string, choices: readonly Choice[]): Promise<readonly RunId[] | undefined> {
  const { promise, resolve } = Promise.withResolvers<readonly RunId[] | undefined>();
  const box = vscode.window.createQuickPick<Choice>();
  const placeholder = 'Tick the runs, or press Enter for the one in front';
  Object.assign(box, {
    title,
    placeholder,
    canSelectMany: true,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  box.items = choices;
  box.selectedItems = choices.filter(({ picked }) => picked);
  box.onDidAccept(() => {
    const chosen = box.selectedItems.length > 0 ? box.selectedItems : box.activeItems;
    resolve(chosen.map(({ value }) => value.id));
    box.hide();
  });
  box.onDidHide(() => {
    resolve(undefined);
    box.dispose();
  });
  box.show();
  return promise;
}

/**
 * In the order of their creation, so that changes read from before to after. The others are compared with the
 * first, so runs that succeeded come before those that did not.
 */
async function inOrder(backend: PipelineBackend, runs: readonly RunId[]): Promise<readonly RunId[]> {
  const known = await Promise.all([...new Set(runs)].map((run) => backend.getRun(run, deadline())));
  const bad = (run: RunSummary) => Number(run.state !== 'succeeded');
  return known.toSorted((a, b) => bad(a) - bad(b) || a.createdAt - b.createdAt).map((run) => run.id);
}
