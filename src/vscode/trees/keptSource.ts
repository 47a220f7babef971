import type { ExperimentId } from '../../core/domain/experiment.ts';
import type { Page, PageQuery } from '../../core/domain/page.ts';
import type { PipelineId } from '../../core/domain/pipeline.ts';
import type { RunQuery, PipelineBackend } from '../../core/ports/pipelineBackend.ts';
import type { ListChange } from '../batchChanges.ts';
import { coalesced } from '../coalesce.ts';
import { deadline } from '../deadline.ts';
import type { LiveSource } from './connectionsSource.ts';
import {
  experimentRow,
  experimentRowId,
  groupRow,
  type KeptGroup,
  keptGroups,
  listedRunBranch,
  scheduleBranch,
  versionBranch,
  versionsRow,
  versionsRowId,
} from './keptRows.ts';
import { joined, listBranches, type Listing, listed } from './listing.ts';
import { otherRuns } from './pipelineRows.ts';
import type { Branch, Branches } from './row.ts';

/** Something in a list, and its row at a time. */
interface Item {
  readonly id: string;
  readonly branch: (now: number) => Branch;
}

type Read = (query: PageQuery) => Promise<Page<Item>>;

const atOnce = 20;
const largestPage = 200;

/** Adds what a server keeps to the rows of its pipelines and runs: versions, experiments, schedules, archived runs, each read when expanded. */
export class KeptSource implements LiveSource {
  readonly #pipelines: LiveSource;
  readonly #backend: PipelineBackend;
  readonly #changed: () => void;
  readonly #lists = new Map<string, Listing<Item>>();

  constructor(pipelines: LiveSource, backend: PipelineBackend, changed: () => void) {
    this.#pipelines = pipelines;
    this.#backend = backend;
    this.#changed = changed;
  }

  branches(now: number): Branches {
    const branches = this.#pipelines.branches(now);
    if (branches === undefined) return undefined;
    const groups = this.#groups().map((group): Branch => ({
      row: groupRow(group),
      children: this.#below(group, now, keptGroups[group].empty),
    }));
    const own = branches.map((branch) => this.#withVersions(kept(branch), now));
    const [other, pipelines] = [own.filter(isOther), own.filter((branch) => !isOther(branch))];
    return [...pipelines, ...groups, ...other];
  }

  note(): string | undefined {
    return this.#pipelines.note?.();
  }

  async load(id: string): Promise<void> {
    if (this.#readerOf(id) === undefined) await this.#pipelines.load(id);
    else if (!this.#lists.has(id)) await this.#read(id);
  }

  async refresh(): Promise<void> {
    await this.#pipelines.refresh();
    await this.#readAgain(() => true);
  }

  async showMore(id: string): Promise<void> {
    const [read, before] = [this.#readerOf(id), this.#lists.get(id)];
    if (read === undefined) return this.#pipelines.showMore(id);
    if (before?.next === undefined) return;
    const { next } = before;
    const more = await listed(() => read({ size: atOnce, page: next }));
    this.#lists.set(
      id,
      joined(before, more, (item) => item.id),
    );
    this.#changed();
  }

  async change(change: ListChange): Promise<void> {
    await this.#pipelines.change(change);
    if (change.kind === 'schedules') await this.#readAgain((id) => id === 'schedules');
    else if (change.kind === 'pipelines') await this.#readAgain((id) => id.startsWith(versionsRowId('')));
    else if (change.kind === 'experiments') await this.#readAgain(isOfExperiments);
    else await this.#readRunLists();
  }

  /** Runs of one moment are told one by one: their lists are read once for all of them. */
  readonly #readRunLists = coalesced(() =>
    this.#readAgain((id) => id === 'archived' || id.startsWith(experimentRowId(''))),
  );

  async #readAgain(isMeant: (id: string) => boolean): Promise<void> {
    const ids = [...this.#lists.keys()].filter(isMeant);
    if (ids.length === 0) return;
    await Promise.all(ids.map((id) => this.#read(id)));
    this.#changed();
  }

  async #read(id: string): Promise<void> {
    const [read, before] = [this.#readerOf(id), this.#lists.get(id)];
    if (read === undefined) return;
    const size = Math.min(largestPage, Math.max(atOnce, before?.items.length ?? 0));
    this.#lists.set(id, await listed(() => read({ size }), before));
  }

  #groups(): readonly KeptGroup[] {
    const backend = this.#backend;
    return [
      ...(backend.schedules === undefined ? [] : (['schedules'] as const)),
      ...(backend.experiments === undefined ? [] : (['experiments', 'archivedExperiments'] as const)),
      ...(backend.archiveRun === undefined ? [] : (['archived'] as const)),
    ];
  }

  #below(id: string, now: number, empty: string): readonly Branch[] | undefined {
    const listing = this.#lists.get(id);
    return listing && listBranches(id, listing, ({ branch }) => branch(now), { empty });
  }

  #withVersions(branch: Branch, now: number): Branch {
    const { row, children } = branch;
    const { pipeline } = row.target ?? {};
    if (pipeline === undefined || row.context?.endsWith('.server') !== true) return branch;
    const versions = {
      row: versionsRow(pipeline),
      children: this.#below(versionsRowId(pipeline), now, 'No versions'),
    };
    return { row, children: children && [versions, ...children] };
  }

  /** How the list below a row is read; undefined for rows of pipelines and runs. */
  #readerOf(id: string): Read | undefined {
    const { schedules, experiments, library } = this.#backend;
    if (id === 'schedules')
      return (query) => items(schedules?.list(query, deadline()), (one, now) => scheduleBranch(one, now));
    if (id === 'experiments')
      return (query) =>
        items(experiments?.list(query, deadline()), (one, now) => {
          const below = this.#below(experimentRowId(one.id), now, 'No runs yet');
          return { row: experimentRow(one), children: below };
        });
    if (id === 'archivedExperiments')
      return (query) =>
        items(experiments?.list({ ...query, archived: true }, deadline()), (one) => ({
          row: experimentRow(one),
        }));
    if (id === 'archived') return this.#runs(id, { archived: true });
    const [, experiment] = /^experiment:([^/]+)$/.exec(id) ?? [];
    if (experiment !== undefined) return this.#runs(id, { experiment: experiment as ExperimentId });
    const [, pipeline] = /^versions:(.+)$/s.exec(id) ?? [];
    if (pipeline === undefined) return undefined;
    return (query) => items(library?.versions(pipeline as PipelineId, query, deadline()), versionBranch);
  }

  #runs(id: string, which: Pick<RunQuery, 'archived' | 'experiment'>): Read {
    return (query) =>
      items(this.#backend.listRuns({ ...which, ...query }, deadline()), (run, now) =>
        listedRunBranch(id, run, now),
      );
  }
}

/** An experiment takes its runs along. */
const isOfExperiments = (id: string) =>
  ['experiments', 'archivedExperiments', 'archived'].includes(id) || id.startsWith(experimentRowId(''));

/** Runs of pipelines that are not listed, of which there may be many, come last. */
const isOther = ({ row }: Branch) => row.id === otherRuns;

async function items<T extends { readonly id: string }>(
  read: Promise<Page<T>> | undefined,
  toBranch: (item: T, now: number) => Branch,
): Promise<Page<Item>> {
  const page = await read;
  if (page === undefined) return { items: [] };
  return { ...page, items: page.items.map((one) => ({ id: one.id, branch: (now) => toBranch(one, now) })) };
}

/** The same rows, whose menus offer what a server that keeps pipelines can do: uploads, retries, the archive, its own pages. */
function kept({ row, children }: Branch): Branch {
  const { context } = row;
  const offered = context !== undefined && /^(?:run\.|pipeline\.runnable$)/.test(context);
  return {
    row: offered ? { ...row, context: `${context}.kept` } : row,
    children: children?.map(kept),
  };
}
