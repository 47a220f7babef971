import { readdir } from 'node:fs/promises';
import { isCalled, numberIn } from '../../../core/domain/isCalled.ts';
import { runNumber } from '../../../core/domain/localHome.ts';
import type { Page } from '../../../core/domain/page.ts';
import type { WithTwin } from '../../../core/domain/pipelineVariant.ts';
import type { RunSummary } from '../../../core/domain/run.ts';
import { throwIfAborted } from '../../../core/ports/mlopsError.ts';
import { pageSize } from '../../../core/ports/pages.ts';
import type { MetricOrder, RunQuery } from '../../../core/ports/pipelineBackend.ts';
import { byMetric, isAskedFor, pipelinesIn } from '../../../core/ports/runQuery.ts';
import { ifThere } from '../../node/files.ts';
import { numberOfToken, pageOf } from '../../node/pages.ts';
import type { Home } from '../home.ts';
import { homeError } from '../homeErrors.ts';
import type { RunReader } from './readRun.ts';

const mostFound = 10;
/** Most runs that are read to find some by name, to count, or to order by a metric. */
const mostSearched = 2000;

/** Runs in the order of a query. */
export async function listRuns(
  home: Home,
  reader: RunReader,
  query: RunQuery,
  signal: AbortSignal,
): Promise<Page<RunSummary>> {
  const { order = 'newest' } = query;
  const newest = await runNumbers(home);
  if (typeof order === 'object') return listByMetric(newest, reader, { ...query, order }, signal);
  const numbers = order === 'newest' ? newest : newest.toReversed();
  const after = query.page === undefined ? undefined : numberOfToken(query.page);
  const comesAfter = (number: number) =>
    after === undefined || (order === 'newest' ? number < after : number > after);
  const rest = numbers.filter(comesAfter);
  const page = await firstMatching(rest, reader, query, pageSize(query), signal);
  // Without a filter every number counts, though a record that cannot be read is not listed.
  if (!isFiltered(query)) return { ...page, total: newest.length };
  if (query.counted !== true || newest.length > mostSearched) return page;
  const all = await firstMatching(newest, reader, query, newest.length, signal);
  return { ...page, total: all.items.length };
}

function isFiltered({ pipeline, states, since, until }: RunQuery): boolean {
  return [pipeline, states, since, until].some((filter) => filter !== undefined);
}

/** The first runs of these numbers that the query asks for, and the token of what comes after them. */
async function firstMatching(
  numbers: readonly number[],
  reader: RunReader,
  query: RunQuery,
  size: number,
  signal: AbortSignal,
): Promise<Page<RunSummary>> {
  const wanted = wantedPipelines(query);
  const items: RunSummary[] = [];
  for (const [index, number] of numbers.entries()) {
    throwIfAborted(signal);
    const summary = await reader.listed(number, signal);
    if (summary && isAskedFor(summary, query, wanted)) items.push(summary);
    if (items.length === size && index + 1 < numbers.length) return { items, next: String(number) };
  }
  return { items };
}

async function listByMetric(
  newest: readonly number[],
  reader: RunReader,
  query: RunQuery & { readonly order: MetricOrder },
  signal: AbortSignal,
): Promise<Page<RunSummary>> {
  const searched = newest.slice(0, mostSearched);
  const { items } = await firstMatching(searched, reader, query, searched.length, signal);
  const page = pageOf(byMetric(items, query.order), query, (run) => run.id);
  if (searched.length === newest.length) return page;
  return { ...page, cut: `Only the newest ${mostSearched} of ${newest.length} runs were looked at.` };
}

function wantedPipelines(query: RunQuery): readonly WithTwin[] | undefined {
  return query.variants ?? pipelinesIn(query)?.map((id) => ({ id }));
}

/** The runs that a text may mean: a number or an id names the folder of one run, a name the newest run of that name. */
export async function findRuns(
  home: Home,
  reader: RunReader,
  text: string,
  signal: AbortSignal,
): Promise<readonly RunSummary[]> {
  const number = numberIn(text.replace(/^.*[\s_-](?=\d+$)/, ''));
  const numbered = number === undefined ? undefined : await reader.listed(number, signal);
  if (numbered && isCalled(numbered, text) === 'exactly') return [numbered];
  const named: RunSummary[] = [];
  const alike: RunSummary[] = [];
  for (const one of (await runNumbers(home)).slice(0, mostSearched)) {
    throwIfAborted(signal);
    const summary = await reader.listed(one, signal);
    const how = summary && isCalled(summary, text);
    if (summary && how === 'name') named.push(summary);
    if (summary && how === 'words') alike.push(summary);
    if (named.length === mostFound) break;
  }
  return (named.length > 0 ? named : alike).slice(0, mostFound);
}

/** Numbers of all runs, newest first. */
export async function runNumbers(home: Home): Promise<readonly number[]> {
  const listing = ifThere(readdir(home.runs)).catch((error: unknown) => {
    throw homeError(error, 'The runs could not be listed', home.root);
  });
  const names = (await listing) ?? [];
  return names.flatMap((name) => runNumber(name) ?? []).toSorted((a, b) => b - a);
}
