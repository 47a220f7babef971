import type { Page } from '../domain/page.ts';
import { metricOf } from '../domain/metricOf.ts';
import type { PipelineSummary } from '../domain/pipeline.ts';
import { activeStates, type RunState, type RunSummary } from '../domain/run.ts';
import { findPipelines } from '../pipelines/findPipeline.ts';
import type { MetricOrder, PipelineBackend, RunQuery } from '../ports/pipelineBackend.ts';
import { figureComparability } from '../results/comparability.ts';
import { findExperiment } from '../runs/findExperiment.ts';
import { findMetric } from '../runs/findMetric.ts';
import { noRunsYet } from '../runs/findRun.ts';
import { type Direction, metricDirection } from '../runs/metricDirection.ts';
import { namedRun } from '../runs/namedRun.ts';
import { runLines } from '../runs/runLines.ts';
import { moment } from '../text/dates.ts';
import { code, nameText, prose, sentence } from '../text/markdown.ts';
import { figureText } from '../text/values.ts';
import { moreText } from './pages.ts';
import { isOwnOrder, mostSorted, ownOrders, sortedPage } from './sortedRuns.ts';
import { rangeText, type TimeRange, timeRange } from './times.ts';

const groups = {
  active: activeStates,
  succeeded: ['succeeded'],
  failed: ['failed', 'interrupted'],
  stopped: ['stopped'],
} as const satisfies Record<string, readonly RunState[]>;

/** The groups of states that a list may be kept to. */
export const runStates = [
  'active',
  'succeeded',
  'failed',
  'stopped',
] as const satisfies readonly (keyof typeof groups)[];

/** The orders that a list may have. */
export const runSorts = ['newest', 'oldest', 'metric', ...ownOrders] as const;
type RunSort = (typeof runSorts)[number];

/** Which runs to list, and how. */
export interface RunsInput {
  readonly pipeline?: string | undefined;
  readonly state?: (typeof runStates)[number] | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly experiment?: string | undefined;
  readonly archived?: boolean | undefined;
  readonly metric?: string | undefined;
  readonly best?: boolean | undefined;
  readonly better?: 'higher' | 'lower' | undefined;
  readonly sort?: RunSort | undefined;
  readonly limit?: number | undefined;
  readonly page?: string | undefined;
}

/** Runs as they were found, or a metric of which it is not known whether high or low is better. */
type ListedRuns = FoundRuns | UnclearBest;

interface FoundRuns {
  readonly kind: 'runs';
  readonly found: Page<RunSummary>;
  /** The same without the page, as the next page is asked for. */
  readonly input: Omit<RunsInput, 'page'>;
  /** The pipelines that fit the name that was given. */
  readonly pipelines: readonly PipelineSummary[];
  readonly times: TimeRange;
  /** The metric that is shown; `sorts` where the list is in its order. */
  readonly metric?: MetricOrder & { readonly direction: Direction; readonly sorts: boolean };
  readonly best: boolean;
  /** The newest run of all, where none fits. */
  readonly newest?: RunSummary | undefined;
  readonly now: number;
}

interface UnclearBest {
  readonly kind: 'unclear';
  readonly metric: string;
  readonly highest: RunSummary;
  readonly lowest: RunSummary;
}

/** Reads the runs that are asked for. Throws MlopsError. */
export async function readRuns(
  backend: PipelineBackend,
  given: RunsInput,
  now: number,
  signal: AbortSignal,
): Promise<ListedRuns> {
  const { page: _page, ...input } = given;
  const times = timeRange(input, now);
  const pipelines = input.pipeline === undefined ? [] : await findPipelines(backend, input.pipeline, signal);
  const experiment =
    input.experiment === undefined ? undefined : await findExperiment(backend, input.experiment, signal);
  const filter = { ...filterOf(input, pipelines, times), ...(experiment && { experiment: experiment.id }) };
  const best = input.best === true;
  const common = { kind: 'runs', input, pipelines, times, best, now } as const;
  const [any] = (await backend.listRuns({ ...filter, size: 1 }, signal)).items;
  if (any === undefined) return { ...common, found: { items: [] }, newest: await newestRun(backend, signal) };
  const metric = await metricFor(backend, filter, input, signal);
  if (best && metric?.direction === 'unknown') return unclearBest(backend, filter, metric.metric, signal);
  const found = await foundRuns(backend, filter, { given, metric }, signal);
  if (metric === undefined) return { ...common, found };
  return { ...common, found: best ? measured(found, metric) : found, metric };
}

function filterOf(
  { state, archived }: RunsInput,
  pipelines: readonly PipelineSummary[],
  times: TimeRange,
): Omit<RunQuery, 'page' | 'size' | 'order'> {
  return {
    ...(pipelines.length === 0 ? {} : { pipeline: pipelines.map(({ id }) => id) }),
    ...(state === undefined ? {} : { states: groups[state] }),
    ...(archived === undefined ? {} : { archived }),
    ...times,
  };
}

async function foundRuns(
  backend: PipelineBackend,
  filter: RunQuery,
  { given, metric }: { readonly given: RunsInput; readonly metric: FoundRuns['metric'] },
  signal: AbortSignal,
): Promise<Page<RunSummary>> {
  const query = { ...filter, ...pageQuery(given, metric) };
  const { sort, page, best } = given;
  if (best === true || !isOwnOrder(sort)) return backend.listRuns(query, signal);
  const { page: _page, ...all } = query;
  const newest = await backend.listRuns({ ...all, size: mostSorted }, signal);
  return sortedPage(newest, sort, { size: query.size ?? 20, page });
}

function pageQuery(
  { limit, best, sort, page }: RunsInput,
  metric: FoundRuns['metric'],
): Pick<RunQuery, 'size' | 'counted' | 'order' | 'page' | 'withMetrics'> {
  const order = metric?.sorts === true ? metric : sort === 'oldest' ? sort : 'newest';
  const size = limit ?? (best === true ? 3 : 20);
  const withMetrics = metric !== undefined;
  return { size, counted: true, order, withMetrics, ...(page === undefined ? {} : { page }) };
}

async function newestRun(backend: PipelineBackend, signal: AbortSignal): Promise<RunSummary | undefined> {
  return (await backend.listRuns({ size: 1 }, signal)).items[0];
}

/** The metric that a list shows or is ordered by; undefined where none is asked for. */
async function metricFor(
  backend: PipelineBackend,
  filter: RunQuery,
  { metric, best, better, sort }: RunsInput,
  signal: AbortSignal,
): Promise<FoundRuns['metric']> {
  const sorts = best === true || sort === 'metric';
  if (metric === undefined && !sorts) return undefined;
  const name = await findMetric(backend, filter, metric, signal);
  const direction = better ?? metricDirection(name);
  return { metric: name, direction, first: direction === 'lower' ? 'lowest' : 'highest', sorts };
}

/** The highest and the lowest, since it is not known which is better. */
async function unclearBest(
  backend: PipelineBackend,
  filter: RunQuery,
  metric: string,
  signal: AbortSignal,
): Promise<UnclearBest> {
  const firstBy = async (first: MetricOrder['first']) =>
    (await backend.listRuns({ ...filter, size: 1, order: { metric, first } }, signal)).items;
  const [[highest], [lowest]] = await Promise.all([firstBy('highest'), firstBy('lowest')]);
  if (highest === undefined || lowest === undefined) throw new Error('A run with this metric is gone.');
  return { kind: 'unclear', metric, highest, lowest };
}

/** A page without the runs that have no number for a metric. */
function measured(page: Page<RunSummary>, { metric, first }: MetricOrder): Page<RunSummary> {
  return { ...page, items: page.items.filter((run) => metricOf(run.metrics, metric, first) !== undefined) };
}

/** A list of runs for people and models. */
export function renderRuns(data: ListedRuns): string {
  if (data.kind === 'unclear') return unclearText(data);
  const { found, now, metric, best } = data;
  if (found.items.length === 0) return noneText(data);
  return [
    severalText(data),
    orderText(data),
    runLines(found.items, now, metric),
    best ? figureComparability(found.items).map(sentence).join(' ') : moreText(found),
    prose(found.cut ?? ''),
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** "`diabetes` fits 2 pipelines: `diabetes-svm`, `diabetes-tree`." */
function severalText({ pipelines, input }: FoundRuns): string {
  if (pipelines.length < 2) return '';
  const names = pipelines.slice(0, 10).map(({ name }) => code(name));
  const all = pipelines.length > 10 ? `${names.join(', ')} and more` : names.join(', ');
  return `${code(input.pipeline ?? '')} fits ${pipelines.length} pipelines, and these are runs of all of them: ${all}.`;
}

function orderText({ metric, best, found, input: { sort } }: FoundRuns): string {
  if (!best && isOwnOrder(sort)) return `${orderWords[sort]}:`;
  if (metric === undefined || !metric.sorts) return '';
  const name = code(metric.metric);
  const known =
    metric.direction === 'unknown' ? 'which is better is not known' : `${metric.direction} is better`;
  if (!best) return `By ${name}, the ${metric.first} first (${known}):`;
  const [first] = found.items;
  const of = found.total === undefined ? '' : ` of ${found.total}`;
  return `The best run${of} by ${name} (${known}) is ${first === undefined ? 'none' : namedRun(first)}:`;
}

const orderWords = {
  name: 'By name',
  duration: 'By how long they took, the longest first',
  state: 'By state, the failed ones first',
} as const;

function unclearText({ metric, highest, lowest }: UnclearBest): string {
  const figure = (run: RunSummary, first: MetricOrder['first']) =>
    `${figureText(metricOf(run.metrics, metric, first)?.value ?? '—')} of ${namedRun(run)}`;
  return [
    `Whether a higher or a lower ${nameText(metric)} is better is not known from its name.`,
    `The highest is ${figure(highest, 'highest')}, the lowest ${figure(lowest, 'lowest')}.`,
    'Say which is better: `better` is "higher" or "lower".',
  ].join(' ');
}

/** The kind of runs that were looked for, and the experiment. */
function groupWords({ state, archived, experiment }: FoundRuns['input']) {
  const where = experiment === undefined ? '' : ` in the experiment ${code(experiment)}`;
  return { kind: `${archived === true ? 'archived ' : ''}${state === undefined ? '' : `${state} `}`, where };
}

/** What was looked for and not found, and what there is. */
function noneText({ input, pipelines, times, newest }: FoundRuns): string {
  const [pipeline, ...others] = pipelines;
  const group = groupWords(input);
  const filtered = pipeline !== undefined || rangeText(times) !== '' || group.kind + group.where !== '';
  if (!filtered) return noRunsYet;
  const of =
    pipeline === undefined ? '' : ` of ${code(others.length > 0 ? (input.pipeline ?? '') : pipeline.name)}`;
  const when = rangeText(times) === '' ? '' : ` that began in the time ${rangeText(times)}`;
  const none = `There are no ${group.kind}runs${of}${group.where}${when}.`;
  if (newest === undefined) return none;
  return `${none} The newest run of all is ${namedRun(newest)} (${newest.state}, ${moment(newest.createdAt)}).`;
}
