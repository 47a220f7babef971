import type { Metric } from '../../core/domain/artifact.ts';
import type { Page } from '../../core/domain/page.ts';
import { variantsOf, type WithTwin } from '../../core/domain/pipelineVariant.ts';
import type { RunSummary } from '../../core/domain/run.ts';
import { pageSize, wrongPageToken } from '../../core/ports/pages.ts';
import type { MetricOrder, RunQuery } from '../../core/ports/pipelineBackend.ts';
import { byMetric, isAskedFor, pipelinesIn } from '../../core/ports/runQuery.ts';
import type { KubeflowApi } from './api.ts';
import { atOnce } from './atOnce.ts';
import { fileMark, readRecord } from './runRecord.ts';
import { serverStates } from './runs.ts';
import { type ApiRun, runList } from './schema.ts';

/** How many runs are looked through for those that a list asks for; the server cannot look for their pipeline. */
const mostLooked = 2000;

/** How many runs of a list have their metrics read, and how many at once. */
const mostMeasured = 100;
const measuredAtOnce = 4;

/** How many runs are looked up at once, where the list alone does not tell their state or pipeline. */
const readAtOnce = 8;

export interface ListDeps {
  readonly api: KubeflowApi;
  readonly summaryOf: (run: ApiRun, signal: AbortSignal) => Promise<RunSummary>;
  readonly metricsOf: (run: ApiRun, signal: AbortSignal) => Promise<readonly Metric[]>;
}

interface Found {
  readonly run: ApiRun;
  readonly summary: RunSummary;
  /** The token of the page that has it. */
  readonly page: string;
}

/** One page of runs in the order of a query. */
export async function listRuns(
  deps: ListDeps,
  query: RunQuery,
  signal: AbortSignal,
): Promise<Page<RunSummary>> {
  const pipelines = pipelinesIn(query);
  if (pipelines?.length === 0) return { items: [], total: 0 };
  const { order } = query;
  const page =
    typeof order === 'object'
      ? await pageByMetric(deps, { ...query, order }, signal)
      : await pageByTime(deps, query, signal);
  const filtered = !isExact(query);
  const total = filtered && query.counted === true ? await countAll(deps, query, signal) : page.total;
  const { total: _total, ...rest } = page;
  return { ...rest, ...(total === undefined ? {} : { total }) };
}

async function pageByTime(deps: ListDeps, query: RunQuery, signal: AbortSignal): Promise<Page<RunSummary>> {
  const page = await firstPage(deps, query, signal);
  const items = page.items.map(({ summary }) => summary);
  if (query.withMetrics !== true) return { ...page, items };
  const measured = await withMetrics(deps, page.items.slice(0, mostMeasured), signal);
  return { ...page, items: [...measured, ...items.slice(mostMeasured)] };
}

/** Runs by a metric: the server has no such order, so the newest ones are read and put in order here. */
async function pageByMetric(
  deps: ListDeps,
  { page, order, ...query }: RunQuery & { readonly order: MetricOrder },
  signal: AbortSignal,
): Promise<Page<RunSummary>> {
  const start = page === undefined ? 0 : Number(/^by:(\d+)$/.exec(page)?.[1] ?? Number.NaN);
  if (Number.isNaN(start)) throw wrongPageToken();
  const newest = await firstPage(deps, { ...query, size: mostMeasured }, signal);
  const ordered = byMetric(await withMetrics(deps, newest.items, signal), order);
  const end = start + pageSize(query);
  return {
    items: ordered.slice(start, end),
    ...(end < ordered.length ? { next: `by:${end}` } : {}),
    ...(newest.next === undefined
      ? { total: ordered.length }
      : { cut: `Only the newest ${ordered.length} of these runs were looked at.` }),
  };
}

function withMetrics(
  { metricsOf }: ListDeps,
  found: readonly Found[],
  signal: AbortSignal,
): Promise<readonly RunSummary[]> {
  return atOnce(found, measuredAtOnce, async ({ run, summary }) => ({
    ...summary,
    metrics: await metricsOf(run, signal),
  }));
}

/** True when the server itself finds all that a query asks for and nothing else. */
function isExact({ pipeline, states }: RunQuery): boolean {
  return pipeline === undefined && states === undefined;
}

/** How many runs there are; undefined where that takes too long to say. */
async function countAll(
  deps: ListDeps,
  { page: _page, order: _order, ...query }: RunQuery,
  signal: AbortSignal,
): Promise<number | undefined> {
  let count = 0;
  let page: Page<Found> | undefined;
  for (let looked = 0; looked < mostLooked; looked += 200) {
    const from = page?.next === undefined ? {} : { page: page.next };
    page = await firstPage(deps, { ...query, ...from, size: 200 }, signal);
    count += page.items.length;
    if (page.next === undefined) return count;
  }
  return undefined;
}

async function firstPage(
  { api, summaryOf }: ListDeps,
  query: RunQuery,
  signal: AbortSignal,
): Promise<Page<Found>> {
  const size = pageSize(query);
  const place = placeIn(query.page);
  const exact = isExact(query);
  const found: Found[] = [];
  let token = place.token;
  let looked = 0;
  let total: number | undefined;
  do {
    const page = await readPage(api, { token, size: exact ? size : 50, query }, signal);
    looked += page.runs.length;
    total ??= page.total_size;
    const rest = token === place.token ? after(page.runs, place.last) : page.runs;
    found.push(...(await matching(rest, token, query, (run) => summaryOf(run, signal))));
    token = page.next_page_token ?? '';
  } while (token !== '' && looked < mostLooked && found.length < (exact ? size : size + 1));
  return pageIn(found, { size, token, looked, ...(exact && total !== undefined ? { total } : {}) });
}

async function matching(
  runs: readonly ApiRun[],
  page: string,
  query: RunQuery,
  summaryOf: (run: ApiRun) => Promise<RunSummary>,
): Promise<readonly Found[]> {
  const found = await atOnce(runs, readAtOnce, async (run) => ({ run, summary: await summaryOf(run), page }));
  const wanted = query.variants ?? pipelinesIn(query)?.map((id) => ({ id }));
  return found.filter(({ run, summary }) => isAskedFor(summary, query, wanted) && isOfFile(run, wanted));
}

function pageIn(
  found: readonly Found[],
  {
    size,
    token,
    looked,
    total,
  }: { readonly size: number; readonly token: string; readonly looked: number; readonly total?: number },
): Page<Found> {
  const shown = found.slice(0, size);
  const last = shown.at(-1);
  const more = found.length > size;
  const next =
    more && last !== undefined ? `${last.run.run_id}~${last.page}` : token === '' ? undefined : `~${token}`;
  const cut = !more && token !== '' && looked >= mostLooked && shown.length < size;
  return {
    items: shown,
    ...(next === undefined ? {} : { next }),
    ...(total === undefined ? {} : { total }),
    ...(cut ? { cut: `Only ${looked} runs were looked through so far.` } : {}),
  };
}

/** A token of ours: the last run that was shown, where its page has more, and the server's token of that page. */
function placeIn(page = '~'): { readonly last: string; readonly token: string } {
  const at = page.indexOf('~');
  // What is no token of ours goes to the server, which refuses it.
  return at < 0 ? { last: '', token: page } : { last: page.slice(0, at), token: page.slice(at + 1) };
}

function after(runs: readonly ApiRun[], last: string): readonly ApiRun[] {
  const index = runs.findIndex(({ run_id: id }) => id === last);
  return runs.slice(index + 1);
}

async function readPage(
  api: KubeflowApi,
  { token, size, query }: { readonly token: string; readonly size: number; readonly query: RunQuery },
  signal: AbortSignal,
) {
  const predicates = predicatesOf(query);
  return api.json(
    {
      path: '/apis/v2beta1/runs',
      query: {
        page_size: String(size),
        sort_by: query.order === 'oldest' ? 'created_at asc' : 'created_at desc',
        page_token: token === '' ? undefined : token,
        filter: filterOf(predicates),
        ...(query.experiment === undefined
          ? { namespace: api.endpoint.namespace }
          : { experiment_id: query.experiment }),
      },
    },
    runList,
    signal,
  );
}

function predicatesOf({ states, since, until, archived = false }: RunQuery): readonly object[] {
  const created = (operation: string, at: number) => ({
    key: 'created_at',
    operation,
    // The server tells times by whole seconds.
    timestamp_value: new Date(Math.ceil(at / 1000) * 1000).toISOString(),
  });
  return [
    { key: 'storage_state', operation: archived ? 'EQUALS' : 'NOT_EQUALS', string_value: 'ARCHIVED' },
    ...(states === undefined
      ? []
      : [{ key: 'state', operation: 'IN', string_values: { values: serverStates(states) } }]),
    ...(since === undefined ? [] : [created('GREATER_THAN_EQUALS', since)]),
    ...(until === undefined ? [] : [created('LESS_THAN', until)]),
  ];
}

/** A filter as the server reads it, which unescapes it once more than HTTP does. */
export function filterOf(predicates: readonly object[]): string {
  return encodeURIComponent(JSON.stringify({ predicates }));
}

/** True unless a run is known to be of another file than the pipelines that are asked for. */
function isOfFile(run: ApiRun, wanted: readonly WithTwin[] | undefined): boolean {
  const { file } = readRecord(run.description) ?? {};
  const files = (wanted ?? []).flatMap(variantsOf).flatMap(({ source }) => source?.file ?? []);
  return file === undefined || files.length === 0 || files.some((one) => fileMark(one) === file);
}
