import { isCalled } from '../../core/domain/isCalled.ts';
import type { RunSummary } from '../../core/domain/run.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import { part } from './api.ts';
import { filterOf, type ListDeps, listRuns } from './runList.ts';
import { run, runList } from './schema.ts';

const most = 10;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The runs that a text may mean: by id, label or name, else the newest ones of a pipeline of that name. */
export async function findRuns(
  deps: ListDeps,
  text: string,
  signal: AbortSignal,
): Promise<readonly RunSummary[]> {
  const wanted = text.trim();
  if (wanted === '') return [];
  if (uuid.test(wanted)) return byId(deps, wanted.toLowerCase(), signal);
  const named = await byNames(deps, wanted, signal);
  const exactly = named.filter((one) => isCalled(one, wanted) === 'exactly');
  if (exactly.length > 0) return exactly;
  const called = named.filter((one) => isCalled(one, wanted) === 'name');
  if (called.length > 0) return called;
  const { items } = await listRuns(deps, { size: 100 }, signal);
  const how = (one: RunSummary) => isCalled(one, wanted);
  const found = (['exactly', 'name', 'words'] as const).map((kind) =>
    items.filter((one) => how(one) === kind),
  );
  return (found.find((some) => some.length > 0) ?? []).slice(0, most);
}

async function byId({ api, summaryOf }: ListDeps, id: string, signal: AbortSignal) {
  try {
    const found = await api.json({ path: `/apis/v2beta1/runs/${part(id)}` }, run, signal);
    return [await summaryOf(found, signal)];
  } catch (error) {
    if (error instanceof MlopsError && error.kind === 'notFound') return [];
    throw error;
  }
}

/** Runs of this name, and those whose label it is: the name with the beginning of the id. */
async function byNames({ api, summaryOf }: ListDeps, text: string, signal: AbortSignal) {
  const names = [text, text.replace(/-[0-9a-f]{5}$/i, '')];
  const filter = filterOf([
    { key: 'display_name', operation: 'IN', string_values: { values: [...new Set(names)] } },
  ]);
  const { namespace } = api.endpoint;
  const query = { page_size: '20', sort_by: 'created_at desc', filter, namespace };
  const { runs } = await api.json({ path: '/apis/v2beta1/runs', query }, runList, signal);
  const summaries = await Promise.all(runs.map((one) => summaryOf(one, signal)));
  return summaries
    .slice(0, 2 * most)
    .filter((one) => isCalled(one, text) !== undefined)
    .slice(0, most);
}
