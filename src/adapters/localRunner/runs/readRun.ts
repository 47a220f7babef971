import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { unlessAborted } from '../../../core/ports/mlopsError.ts';
import {
  isActive,
  type Run,
  type RunError,
  type RunId,
  type RunState,
  type RunSummary,
} from '../../../core/domain/run.ts';
import type { Clock } from '../../../core/ports/clock.ts';
import { ifThere, readBounded, reasonOf } from '../../node/files.ts';
import type { Home } from '../home.ts';
import { isAlive, runnerOf } from './liveness.ts';
import { requestHeadSchema, runRecordSchema, type RequestHead, type RunRecord } from './runRecord.ts';
import { toPipelineRef, toRun, toSummary, type RecordedSummary } from './toRun.ts';

const largestRecord = 64_000_000;
const largestRequest = 64_000_000;
/** How long a runner may take to record itself after its folder was created, in milliseconds. */
const graceMs = 15_000;

/** After this time a record is listed as not answering, in milliseconds: a network drive may hang. */
const longestReadMs = 5000;
/** Longest wait for the other files of such a run, in milliseconds. */
const besideMs = 1000;

type ReadText = typeof readBounded;

/** The state of a run's folder. A run whose record cannot be read is still listed, with the reason. */
type Reading =
  | { readonly kind: 'record'; readonly record: RunRecord; readonly state: RunState }
  | { readonly kind: 'summary'; readonly summary: RecordedSummary };

interface Cached {
  readonly stamp: string;
  readonly summary: RunSummary;
}

/** Reads runs from their folders and caches the summaries of those that have ended. */
export class RunReader {
  readonly #home: Home;
  readonly #clock: Clock;
  readonly #readText: ReadText;
  readonly #ended = new Map<number, Cached>();
  /** Runs whose record has not answered yet, as the list shows them until it does. */
  readonly #late = new Map<number, Promise<RunSummary>>();

  constructor(home: Home, clock: Clock, readText: ReadText = readBounded) {
    this.#home = home;
    this.#clock = clock;
    this.#readText = readText;
  }

  /** As `summary`, within a deadline, after which the run is listed as one that cannot be read. Throws cancelled. */
  async listed(number: number, signal: AbortSignal): Promise<RunSummary | undefined> {
    const before = this.#late.get(number);
    if (before !== undefined) return unlessAborted(before, signal);
    const reading = this.summary(number);
    const summary = await this.#within(longestReadMs, reading, signal);
    if (summary !== late) return summary;
    const unanswered = this.#unanswered(number);
    this.#late.set(number, unanswered);
    const answered = () => void this.#late.delete(number);
    void reading.then(answered, answered);
    return unlessAborted(unanswered, signal);
  }

  /** The run of a number as a list shows it; undefined when there is none, or no record yet. */
  async summary(number: number): Promise<RunSummary | undefined> {
    const stamp = await this.#stamp(number);
    const cached = this.#ended.get(number);
    if (stamp !== undefined && cached?.stamp === stamp) return cached.summary;
    const reading = await this.#read(number);
    if (!reading) return undefined;
    const summary = this.#named(
      reading.kind === 'summary' ? reading.summary : toSummary(reading.record, reading.state),
    );
    if (stamp !== undefined && !isActive(summary.state)) this.#ended.set(number, { stamp, summary });
    return summary;
  }

  /** The run of a number in full. */
  async run(number: number): Promise<Run | undefined> {
    const reading = await this.#read(number);
    if (!reading) return undefined;
    if (reading.kind === 'summary')
      return {
        ...this.#named(reading.summary),
        tasks: [],
        outputs: {},
        notes: [],
        cache: true,
        hasPreparationLog: false,
      };
    const run = await toRun(reading.record, reading.state, this.#home.objects, kindOf);
    return { ...run, ...this.#named(run) };
  }

  /** The label of a run on this machine is its id. */
  #named(summary: RecordedSummary): RunSummary {
    return { ...summary, connection: this.#home.connection, label: summary.id };
  }

  /** The record of a number as its runner wrote it, with what the domain leaves out (where logs are). */
  async record(number: number): Promise<RunRecord | undefined> {
    const record = await this.#record(number);
    return typeof record === 'object' ? record : undefined;
  }

  async #read(number: number): Promise<Reading | undefined> {
    const reading = await this.#look(number);
    const state = reading?.kind === 'record' ? reading.state : reading?.summary.state;
    // The first reader that sees the end removes the marker, so that no window checks the run again.
    if (state && !isActive(state))
      await rm(this.#home.activeMarker(number), { force: true }).catch(() => undefined);
    return reading;
  }

  async #look(number: number): Promise<Reading | undefined> {
    const record = await this.#record(number);
    if (record === undefined) return this.#unstarted(number);
    if (typeof record === 'string')
      return { kind: 'summary', summary: await this.#unreadable(number, record) };
    if (!isActive(record.state)) return { kind: 'record', record, state: record.state };
    const runner = await runnerOf(this.#home.run(number));
    if (runner && (await isAlive(runner))) return { kind: 'record', record, state: record.state };
    // The runner may have written the end between the two reads.
    const again = await this.#record(number);
    if (typeof again !== 'object') return { kind: 'record', record, state: 'interrupted' };
    return { kind: 'record', record: again, state: isActive(again.state) ? 'interrupted' : again.state };
  }

  /** The record, or why it cannot be read; undefined when there is none. */
  async #record(number: number): Promise<RunRecord | string | undefined> {
    const file = path.join(this.#home.run(number), 'run.json');
    try {
      const stats = await ifThere(stat(file));
      if (!stats) return undefined;
      if (!stats.isFile()) return 'its run.json is no file';
      if (stats.size > largestRecord) return 'its run.json is too large to be read';
      const text = await this.#readText(file, largestRecord);
      return text === undefined ? undefined : toRecord(number, text);
    } catch (error) {
      return `its run.json cannot be read (${reasonOf(error)})`;
    }
  }

  /** A folder without run.json: a run that is being started, or whose start was interrupted. */
  async #unstarted(number: number): Promise<Reading | undefined> {
    const folder = this.#home.run(number);
    const made = await madeAt(folder);
    if (made === undefined || Math.abs(this.#clock.now() - made) < graceMs) return undefined;
    const runner = await runnerOf(folder);
    if (runner && (await isAlive(runner))) return undefined;
    const head = await this.#head(number);
    const error = { kind: 'interrupted', type: 'Interrupted', ...(head ? neverBegan : cutOff) };
    return { kind: 'summary', summary: bare(number, head, error, made) };
  }

  async #unreadable(number: number, why: string): Promise<RecordedSummary> {
    const folder = this.#home.run(number);
    const [head, made, runner] = await Promise.all([this.#head(number), madeAt(folder), runnerOf(folder)]);
    const runs = runner !== undefined && (await isAlive(runner));
    const hint = runs ? `Look at ${folder}, or stop the run.` : `Look at ${folder}, or delete the run.`;
    const summary = bare(number, head, unreadable(why, hint), made ?? 0);
    return runs ? { ...summary, state: 'running' } : summary;
  }

  /** A run whose record does not answer, with what its other files say. */
  async #unanswered(number: number): Promise<RunSummary> {
    const why = `its run.json did not answer within ${longestReadMs / 1000} s`;
    const summary = await this.#within(besideMs, this.#unreadable(number, why), new AbortController().signal);
    if (summary !== late) return this.#named(summary);
    const hint = `Look at ${this.#home.run(number)}: its disk may be out of reach.`;
    return this.#named(bare(number, undefined, unreadable(why, hint), 0));
  }

  /** The result of `work`, or that it is late; the work itself is not stopped. */
  async #within<T>(ms: number, work: Promise<T>, signal: AbortSignal): Promise<T | typeof late> {
    const over = new AbortController();
    const itIsLate = (): typeof late => late;
    const deadline = this.#clock.delay(ms, over.signal).then(itIsLate, itIsLate);
    try {
      return await unlessAborted(Promise.race([work, deadline]), signal);
    } finally {
      over.abort();
    }
  }

  async #head(number: number): Promise<RequestHead | undefined> {
    try {
      const text = await this.#readText(path.join(this.#home.run(number), 'request.json'), largestRequest);
      const head = text === undefined ? undefined : requestHeadSchema.parse(JSON.parse(text));
      return head?.number === number && isIdOf(head.id, number) ? head : undefined;
    } catch {
      return undefined;
    }
  }

  async #stamp(number: number): Promise<string | undefined> {
    const stats = await stat(path.join(this.#home.run(number), 'run.json')).catch(() => undefined);
    return stats && `${stats.mtimeMs}-${stats.size}-${stats.ino}`;
  }
}

const late = Symbol('late');

const unreadable = (why: string, hint: string): RunError => ({
  kind: 'unreadable',
  type: 'Unreadable',
  message: `The run cannot be shown: ${why}.`,
  hint,
});

const neverBegan = { message: 'Its runner never began.', hint: 'Run it again.' };
const cutOff = {
  message: 'Its creation was cut off: what it was to run is not known.',
  hint: 'Delete it, and run the pipeline again.',
};

/** The record in a text, or why there is none. */
function toRecord(number: number, text: string): RunRecord | string {
  try {
    const parsed = runRecordSchema.safeParse(JSON.parse(text));
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      if (issue?.path[0] === 'schema') return 'it was written by another version of MLOps Chat';
      return `its run.json is damaged (${issue?.path.join('.')})`;
    }
    const { id } = parsed.data;
    if (parsed.data.number === number && isIdOf(id, number)) return parsed.data;
    return `its run.json is that of another run, ${id.slice(0, 80)}`;
  } catch {
    return 'its run.json is damaged';
  }
}

/** `iris-12` is an id of run 12: the run's folder is named by the number. */
function isIdOf(id: string, number: number): boolean {
  return id.endsWith(`-${number}`);
}

/** When a folder was last changed; undefined when it does not exist. */
async function madeAt(folder: string): Promise<number | undefined> {
  const stats = await stat(folder).catch(() => undefined);
  return stats?.isDirectory() ? stats.mtimeMs : undefined;
}

function bare(
  number: number,
  head: RequestHead | undefined,
  error: RunError,
  createdAt: number,
): RecordedSummary {
  const pipeline = head?.pipeline ?? { id: 'unknown', name: 'unknown' };
  return {
    id: (head?.id ?? `run-${number}`) as RunId,
    number,
    name: head?.name ?? `run ${number}`,
    pipeline: toPipelineRef(pipeline),
    state: 'interrupted',
    createdAt: head?.createdAt ?? Math.round(createdAt),
    parameters: head?.arguments ?? {},
    metrics: [],
    counts: { total: 0, running: 0, succeeded: 0, failed: 0, cached: 0 },
    error,
  };
}

async function kindOf(file: string): Promise<'file' | 'folder' | undefined> {
  const stats = await ifThere(stat(file));
  return stats && (stats.isDirectory() ? 'folder' : 'file');
}
