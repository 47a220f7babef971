import * as vscode from 'vscode';
import { removeQuestion } from '../../core/environments/removeQuestion.ts';
import type { Environments, EnvironmentSize, PythonEnvironment } from '../../core/ports/environments.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import type { Services } from '../services.ts';
import { ask } from '../window/askQuestion.ts';
import { deadline } from '../trees/listing.ts';
import { changingBackend } from './allowed.ts';
import { environmentRow, environmentsTitle } from './environmentTexts.ts';
import { progress } from './progress.ts';
import type { Handler } from './table.ts';

type Sizes = Map<string, EnvironmentSize>;
type Item = vscode.QuickPickItem & { readonly environment: PythonEnvironment };

/** Lists the Python environments with what they take, and removes those that the person picks, after asking. */
export function manageEnvironments(services: Services): Handler {
  return async () => {
    const { environments, connection } = await services.backend();
    if (environments === undefined)
      throw new MlopsError('unsupported', `${connection.name} has no Python environments to manage.`);
    const sizes: Sizes = new Map();
    let all = await environments.list(deadline());
    if (all.length === 0) throw new MlopsError('notFound', 'No Python environment has been built yet.');
    while (all.length > 0) {
      const picked = await pickEnvironment(environments, all, sizes, services.clock.now());
      if (picked === undefined) return;
      await removeAfterAsking(services, picked, sizes.get(picked.id));
      all = await environments.list(deadline());
    }
  };
}

async function removeAfterAsking(
  services: Services,
  environment: PythonEnvironment,
  size: EnvironmentSize | undefined,
): Promise<void> {
  const { environments } = await changingBackend(services, 'destroy');
  if (environments === undefined || !(await ask(removeQuestion(environment, size)))) return;
  await progress(`Removing the environment ${environment.id}`, (signal) =>
    environments.remove(environment.id, signal),
  );
}

/** Shows the list and counts sizes meanwhile. Picking a row and its button mean the same. */
function pickEnvironment(
  environments: Environments,
  all: readonly PythonEnvironment[],
  sizes: Sizes,
  now: number,
): Promise<PythonEnvironment | undefined> {
  const { promise, resolve } = Promise.withResolvers<PythonEnvironment | undefined>();
  const left = new AbortController();
  const box = vscode.window.createQuickPick<Item>();
  const draw = () => {
    const active = box.activeItems[0]?.environment.id;
    box.title = environmentsTitle(all.map(({ id }) => sizes.get(id)));
    box.items = all.map((environment) => ({
      ...environmentRow(environment, sizes.get(environment.id), now),
      environment,
      buttons: [{ iconPath: new vscode.ThemeIcon('trash'), tooltip: 'Remove' }],
    }));
    box.activeItems = box.items.filter(({ environment }) => environment.id === active);
  };
  box.placeholder = 'Pick one to remove it; a run that needs it builds it again';
  box.matchOnDetail = true;
  const choose = (item: Item | undefined) => {
    resolve(item?.environment);
    box.hide();
  };
  box.onDidAccept(() => choose(box.selectedItems[0] ?? box.activeItems[0]));
  box.onDidTriggerItemButton(({ item }) => choose(item));
  box.onDidHide(() => {
    left.abort();
    resolve(undefined);
    box.dispose();
  });
  draw();
  box.show();
  void count(environments, all, sizes, left.signal, { draw, busy: (busy) => (box.busy = busy) });
  return promise;
}

async function count(
  environments: Environments,
  all: readonly PythonEnvironment[],
  sizes: Sizes,
  signal: AbortSignal,
  { draw, busy }: { readonly draw: () => void; readonly busy: (value: boolean) => void },
): Promise<void> {
  busy(true);
  for (const { id } of all.filter((one) => !sizes.has(one.id))) {
    // One that goes away meanwhile has no size; the next list is without it.
    const size = await environments.measure(id, signal).catch(() => undefined);
    if (signal.aborted) return;
    sizes.set(id, size ?? { bytes: 0, complete: false });
    draw();
  }
  busy(false);
}
