import * as vscode from 'vscode';
import { placeName } from '../../core/connections/placeName.ts';
import { onPlace } from '../../core/domain/question.ts';
import { freedText, freeQuestion, nothingText, sumOf } from '../../core/environments/freeQuestion.ts';
import { removeQuestion } from '../../core/environments/removeQuestion.ts';
import type { Environments, EnvironmentSize, PythonEnvironment } from '../../core/ports/environments.ts';
import { type HomePart, homeParts, type HomeSpace } from '../../core/ports/homeSpace.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import { deadline } from '../deadline.ts';
import type { Services } from '../services.ts';
import { ask } from '../window/askQuestion.ts';
import { inform } from '../window/messages.ts';
import type { Handler } from './command.ts';
import { environmentRow, environmentsTitle, freeRow, partRow } from './environmentTexts.ts';
import { changingBackend } from './shared/allowed.ts';
import { backendAt } from './shared/place.ts';
import { progress } from './shared/progress.ts';

/** The environments and parts in the list, with the sizes known so far. */
interface Shown {
  readonly environments: Environments;
  readonly space: HomeSpace | undefined;
  readonly all: readonly PythonEnvironment[];
  readonly sizes: Map<string, EnvironmentSize>;
  readonly parts: Map<HomePart, EnvironmentSize>;
}

type Picked = { readonly remove: PythonEnvironment } | 'free' | undefined;
type Item = vscode.QuickPickItem & { readonly means?: Picked };

/** Lists the disk use of the home: Python environments, which can be removed, and the other parts. */
export function manageEnvironments(services: Services): Handler {
  return async () => {
    const { environments, space, connection } = await backendAt(services, undefined);
    if (environments === undefined)
      throw new MlopsError('unsupported', `${connection.name} has no Python environments to manage.`);
    const sizes = new Map<string, EnvironmentSize>();
    for (;;) {
      const all = await environments.list(deadline());
      if (all.length === 0 && space === undefined)
        throw new MlopsError('notFound', 'No Python environment has been built yet.');
      const shown = { environments, space, all, sizes, parts: new Map<HomePart, EnvironmentSize>() };
      const picked = await pickFrom(shown, services.clock.now());
      if (picked === undefined) return;
      if (picked === 'free') await freeSpace(services);
      else await removeAfterAsking(services, picked.remove, sizes.get(picked.remove.id));
    }
  };
}

async function removeAfterAsking(
  services: Services,
  environment: PythonEnvironment,
  size: EnvironmentSize | undefined,
): Promise<void> {
  const { environments, connection } = await changingBackend(services, 'destroy', undefined);
  if (environments === undefined) return;
  const place = placeName(services.connections, connection);
  if (!(await ask(onPlace(removeQuestion(environment, size), place)))) return;
  await progress(`Removing the environment ${environment.id}`, (signal) =>
    environments.remove(environment.id, signal),
  );
}

/** Shows the list while sizes are counted. Picking a row and its button do the same. */
function pickFrom(shown: Shown, now: number): Promise<Picked> {
  const { promise, resolve } = Promise.withResolvers<Picked>();
  const left = new AbortController();
  const box = vscode.window.createQuickPick<Item>();
  const draw = () => {
    const active = box.items.indexOf(box.activeItems[0] ?? { label: '' });
    box.title = environmentsTitle(shown.all.map(({ id }) => shown.sizes.get(id)));
    box.items = [...environmentItems(shown, now), ...homeItems(shown)];
    box.activeItems = box.items.slice(active, active + 1);
  };
  box.placeholder = 'Pick an environment to remove it; a run that needs it builds it again';
  box.matchOnDetail = true;
  const choose = (item: Item | undefined) => {
    if (item?.means === undefined) return;
    resolve(item.means);
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
  void count(shown, left.signal, { draw, busy: (busy) => (box.busy = busy) });
  return promise;
}

function environmentItems({ all, sizes }: Shown, now: number): readonly Item[] {
  return all.map((environment) => ({
    ...environmentRow(environment, sizes.get(environment.id), now),
    means: { remove: environment },
    buttons: [{ iconPath: new vscode.ThemeIcon('trash'), tooltip: 'Remove' }],
  }));
}

function homeItems({ all, space, sizes, parts }: Shown): readonly Item[] {
  if (space === undefined) return [];
  const known = all.flatMap(({ id }) => sizes.get(id) ?? []);
  const together = known.length === all.length ? sumOf(known) : undefined;
  return [
    { label: 'All that is kept on this machine', kind: vscode.QuickPickItemKind.Separator },
    ...homeParts.map((part) => partRow(part, parts.get(part))),
    partRow('environments', together),
    { ...freeRow, means: 'free' },
  ];
}

interface Box {
  readonly draw: () => void;
  readonly busy: (value: boolean) => void;
}

/** Counts one after another; what was removed in the meantime has no size. */
async function count(shown: Shown, signal: AbortSignal, { draw, busy }: Box): Promise<void> {
  const { environments, space, all, sizes, parts } = shown;
  const unknown = { bytes: 0, complete: false };
  busy(true);
  for (const { id } of all.filter((environment) => !sizes.has(environment.id))) {
    const size = await environments.measure(id, signal).catch(() => unknown);
    if (signal.aborted) return;
    sizes.set(id, size);
    draw();
  }
  for (const part of space === undefined ? [] : homeParts) {
    const size = await space?.measure(part, signal).catch(() => unknown);
    if (signal.aborted) return;
    parts.set(part, size ?? unknown);
    draw();
  }
  busy(false);
}

/** Searches for leftovers in the home and removes them after one question. */
async function freeSpace(services: Services): Promise<void> {
  const { space, connection } = await changingBackend(services, 'destroy', undefined);
  if (space === undefined) return;
  const leftovers = await progress('Looking for what nothing names', (signal) => space.leftovers(signal));
  if (leftovers.items.length === 0) return void inform(nothingText(leftovers.unreadable));
  if (!(await ask(onPlace(freeQuestion(leftovers), placeName(services.connections, connection))))) return;
  // Trust may have been withdrawn since.
  await changingBackend(services, 'destroy', undefined);
  const freed = await progress('Removing what nothing names', (signal) =>
    space.free(leftovers.items, signal),
  );
  void inform(freedText(freed));
}
