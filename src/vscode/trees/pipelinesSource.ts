import { isSample, type PipelineId } from '../../core/domain/pipeline.ts';
import type { Page } from '../../core/domain/page.ts';
import { isActive, type Run, type RunId, type RunSummary } from '../../core/domain/run.ts';
import { isRunOf } from '../../core/domain/pipelineVariant.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import type { PipelineBackend } from '../../core/ports/pipelineBackend.ts';
import { deadline } from '../deadline.ts';
import { failureOf } from '../failure.ts';
import { joined, type Listing, listed } from './listing.ts';
import {
  isNews,
  nothingRead,
  otherRuns,
  pipelineBranches,
  pipelineRowId,
  type PipelinesState,
} from './pipelineRows.ts';
import { type Branches, rootId, type RowSource, runRowId } from './row.ts';
import { batchChanges } from '../batchChanges.ts';
import { tasksAtOnce } from './taskRows.ts';

const pipelinesAtOnce = 100;
const runsAtOnce = 20;
/** Largest page that a backend gives. */
const largestPage = 200;
/** How many pages of runs are searched for those of other pipelines. */
const searchedPages = 5;
const onlySamples =
  'No pipelines of your own here yet. To run a sample, press the play button in its row. ' +
  'New pipeline and Copy sample are in the menu … above.';

/** Rows of the Pipelines view: reads what is expanded, caches it, and reads again what a change names. */
export class PipelinesSource implements RowSource {
  readonly #backend: PipelineBackend;
  readonly #changed: () => void;
  #state: PipelinesState;
  #first: Promise<void> | undefined;

  /** Reads what a change names; later changes are batched. Resolves when all of it is read. */
  readonly change = batchChanges({
    everything: () => this.refresh(),
    runs: (ids) => this.#readAllChanged(ids),
  });

  /** `begun` is the present time; `changed` is called when the rows may differ. */
  constructor(backend: PipelineBackend, begun: number, changed: () => void) {
    this.#state = nothingRead(begun);
    this.#backend = backend;
    this.#changed = changed;
  }

  branches(now: number): Branches {
    return pipelineBranches(this.#state, now);
  }

  note(): string | undefined {
    const listed = this.#state.pipelines?.items ?? [];
    return listed.every((pipeline) => isSample(pipeline.source)) ? onlySamples : undefined;
  }

  async load(id: string): Promise<void> {
    if (id === rootId) {
      await (this.#first ??= this.#readRoot());
      return;
    }
    const pipeline = this.#pipelineOf(id);
    if (pipeline !== undefined && !this.#state.runs.has(pipeline)) await this.#readRuns(pipeline, runsAtOnce);
    const run = this.#runOf(id);
    if (run !== undefined && !this.#state.opened.has(run)) await this.#readRun(run);
  }

  async refresh(): Promise<void> {
    await this.#first; // what changes during the first read may have been read before the change
    const { runs, opened, pipelines } = this.#state;
    if (pipelines === undefined) return;
    await this.#readRoot();
    await Promise.all(
      [...runs].flatMap(([id, list]) => (id === otherRuns ? [] : [this.#readRuns(id, list.items.length)])),
    );
    await Promise.all([...opened.keys()].map((run) => this.#readRun(run)));
    this.#changed();
  }

  async showMore(id: string): Promise<void> {
    const pipeline = this.#pipelineOf(id);
    if (id === rootId) await this.#readMorePipelines();
    else if (id === otherRuns) await this.#readOtherRuns(this.#count(otherRuns) + runsAtOnce);
    else if (pipeline !== undefined) await this.#readMoreRuns(pipeline);
    else
      this.#set({
        shown: new Map(this.#state.shown).set(id, (this.#state.shown.get(id) ?? tasksAtOnce) + tasksAtOnce),
      });
    this.#changed();
  }

  async #readRoot(): Promise<void> {
    const before = this.#state.pipelines;
    const size = pageSize(before?.items.length ?? 0, pipelinesAtOnce);
    const pipelines = await listed(() => this.#backend.listPipelines({ size }, deadline()), before);
    this.#set({ pipelines });
    await this.#readOtherRuns(Math.max(this.#count(otherRuns), runsAtOnce));
    const news = [...this.#state.known.values()].filter((run) => isNews(run, this.#state));
    for (const pipeline of new Set(news.flatMap((run) => this.#listed(run) ?? [])))
      await this.load(pipelineRowId(pipeline));
  }

  async #readMorePipelines(): Promise<void> {
    const before = this.#state.pipelines;
    if (before?.next === undefined) return;
    const query = { size: pipelinesAtOnce, page: before.next };
    const next = await listed(() => this.#backend.listPipelines(query, deadline()));
    this.#set({ pipelines: joined(before, next, (pipeline) => pipeline.id) });
  }

  async #readRuns(pipeline: PipelineId, count: number): Promise<void> {
    const query = { pipeline, size: pageSize(count, runsAtOnce) };
    this.#setRuns(pipeline, await this.#runPage(query, this.#state.runs.get(pipeline)));
  }

  async #readMoreRuns(pipeline: PipelineId): Promise<void> {
    const before = this.#state.runs.get(pipeline);
    if (before?.next === undefined) return;
    const next = await this.#runPage({ pipeline, size: runsAtOnce, page: before.next });
    this.#setRuns(
      pipeline,
      joined(before, next, (run) => run),
    );
  }

  /** Runs of unlisted pipelines are found by reading the newest of all runs. */
  async #readOtherRuns(wanted: number): Promise<void> {
    const before = this.#state.runs.get(otherRuns);
    const listing = await listed(async () => {
      const items: RunId[] = [];
      let page: Page<RunSummary> | undefined;
      for (let pages = 0; pages < searchedPages && items.length < wanted; pages += 1) {
        if (page !== undefined && page.next === undefined) break;
        const position = page?.next === undefined ? {} : { page: page.next };
        page = await this.#backend.listRuns({ size: largestPage, ...position }, deadline());
        this.#know(page.items);
        items.push(...page.items.filter((run) => this.#listed(run) === undefined).map((run) => run.id));
      }
      const more = items.length > wanted || page?.next !== undefined;
      return { items: items.slice(0, wanted), next: more ? 'more' : undefined };
    }, before);
    // Without another run there is no row to read more of them.
    this.#setRuns(otherRuns, listing.items.length === 0 ? { ...listing, next: undefined } : listing);
  }

  async #runPage(
    query: { pipeline: PipelineId; size: number; page?: string },
    before?: Listing<RunId>,
  ): Promise<Listing<RunId>> {
    return listed(async () => {
      const page = await this.#backend.listRuns(query, deadline());
      this.#know(page.items);
      return { ...page, items: page.items.map((run) => run.id) };
    }, before);
  }

  async #readRun(id: RunId): Promise<Run | undefined> {
    try {
      const run = await this.#backend.getRun(id, deadline());
      this.#know([run]);
      this.#set({ opened: new Map(this.#state.opened).set(id, run) });
      return run;
    } catch (error) {
      if (error instanceof MlopsError && error.kind === 'notFound') this.#forget(id);
      else this.#set({ opened: new Map(this.#state.opened).set(id, failureOf(error)) });
      return undefined;
    }
  }

  async #readAllChanged(ids: readonly RunId[]): Promise<void> {
    await this.#first;
    if (this.#state.pipelines === undefined) return;
    for (const id of ids) await this.#readChanged(id);
    this.#changed();
  }

  async #readChanged(id: RunId): Promise<void> {
    const wasOpened = this.#state.opened.has(id);
    const run = await this.#readRun(id);
    if (!wasOpened && (run === undefined || !isActive(run.state))) this.#close(id);
    if (run === undefined) return;
    const pipeline = this.#listed(run);
    const list = pipeline ?? otherRuns;
    if (isNews(run, this.#state) && pipeline !== undefined) await this.load(pipelineRowId(pipeline));
    const listing = this.#state.runs.get(list);
    if (listing === undefined || listing.items.includes(id)) return;
    this.#setRuns(list, { ...listing, items: [id, ...listing.items] });
  }

  /** The listed pipeline of a run. */
  #listed({ pipeline }: RunSummary): PipelineId | undefined {
    return this.#state.pipelines?.items.find((item) => isRunOf(item, pipeline))?.id;
  }

  #pipelineOf(id: string): PipelineId | undefined {
    return this.#state.pipelines?.items.find((pipeline) => pipelineRowId(pipeline.id) === id)?.id;
  }

  #runOf(id: string): RunId | undefined {
    return [...this.#state.known.keys()].find((run) => runRowId(run) === id);
  }

  #count(list: PipelineId | typeof otherRuns): number {
    return this.#state.runs.get(list)?.items.length ?? 0;
  }

  #set(part: Partial<PipelinesState>): void {
    this.#state = { ...this.#state, ...part };
  }

  #setRuns(list: PipelineId | typeof otherRuns, listing: Listing<RunId>): void {
    this.#set({ runs: new Map(this.#state.runs).set(list, listing) });
  }

  #know(runs: readonly RunSummary[]): void {
    const known = new Map(this.#state.known);
    for (const run of runs) known.set(run.id, run);
    this.#set({ known });
  }

  /** Keeps a run in full only while it is expanded. */
  #close(id: RunId): void {
    const opened = new Map(this.#state.opened);
    opened.delete(id);
    this.#set({ opened });
  }

  #forget(id: RunId): void {
    this.#close(id);
    const known = new Map(this.#state.known);
    known.delete(id);
    const runs = new Map(
      [...this.#state.runs].map(([list, listing]) => [
        list,
        { ...listing, items: listing.items.filter((run) => run !== id) },
      ]),
    );
    this.#set({ known, runs });
  }
}

function pageSize(count: number, least: number): number {
  return Math.min(largestPage, Math.max(least, count));
}
