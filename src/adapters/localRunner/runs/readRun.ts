import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Run, RunError, RunId, RunState, RunSummary } from '../../../core/domain/run.ts';
import type { Clock } from '../../../core/ports/clock.ts';
import { ifThere, readBounded } from '../fileErrors.ts';
import type { Home } from '../home.ts';
import { isAlive, runnerOf } from './liveness.ts';
import { requestHeadSchema, runRecordSchema } from './runRecord.ts';
import type { RequestHead, RunRecord } from './runRecord.ts';
import { toPipelineRef, toRun, toSummary } from './toRun.ts';

const LARGEST_RECORD = 64_000_000;
const LARGEST_REQUEST = 64_000_000;
/** A runner needs a moment from the folder's creation until it has written who it is. */
const GRACE_MS = 15_000;

/** What a run's folder says. A record that cannot be read is still a run, which says so. */
type Reading =
  | { readonly kind: 'record'; readonly record: RunRecord; readonly state: RunState }
  | { readonly kind: 'summary'; readonly summary: RunSummary };

interface Cached {
  readonly stamp: string;
  readonly summary: RunSummary;
}

/** Reads runs from their folders and keeps the summaries of those that do not change any more. */
export class RunReader {
  readonly #home: Home;
  readonly #clock: Clock;
  readonly #ended = new Map<number, Cached>();

  constructor(home: Home, clock: Clock) {
    this.#home = home;
    this.#clock = clock;
  }

  /** The run of a number as a list shows it; undefined when there is none, or none yet. */
  async summary(number: number): Promise<RunSummary | undefined> {
    const stamp = await this.#stamp(number);
    const cached = this.#ended.get(number);
    if (stamp !== undefined && cached?.stamp === stamp) return cached.summary;
    const reading = await this.#read(number);
    if (!reading) return undefined;
    const summary = reading.kind === 'summary' ? reading.summary : toSummary(reading.record, reading.state);
    if (stamp !== undefined && isFinal(summary.state)) this.#ended.set(number, { stamp, summary });
    return summary;
  }

  /** The run of a number in full. */
  async run(number: number): Promise<Run | undefined> {
    const reading = await this.#read(number);
    if (!reading) return undefined;
    if (reading.kind === 'summary')
      return { ...reading.summary, tasks: [], outputs: {}, notes: [], cache: true, hasPreparationLog: false };
    return toRun(reading.record, reading.state, this.#home.objects, kindOf);
  }

  /** The record of a number as its runner wrote it, for what the domain does not carry (where logs are). */
  async record(number: number): Promise<RunRecord | undefined> {
    const record = await this.#record(number);
    return typeof record === 'object' ? record : undefined;
  }

  async #read(number: number): Promise<Reading | undefined> {
    const reading = await this.#look(number);
    const state = reading?.kind === 'record' ? reading.state : reading?.summary.state;
    // Whoever sees first that a run ended takes away its marker, so that no window looks at it again.
    if (state && isFinal(state))
      await rm(this.#home.activeMarker(number), { force: true }).catch(() => undefined);
    return reading;
  }

  async #look(number: number): Promise<Reading | undefined> {
    const record = await this.#record(number);
    if (record === undefined) return this.#unstarted(number);
    if (typeof record === 'string')
      return { kind: 'summary', summary: await this.#unreadable(number, record) };
    if (!isActiveRecord(record)) return { kind: 'record', record, state: record.state };
    const runner = await runnerOf(this.#home.run(number));
    if (runner && (await isAlive(runner))) return { kind: 'record', record, state: record.state };
    // It may have written its end between the two looks.
    const again = await this.#record(number);
    if (typeof again !== 'object') return { kind: 'record', record, state: 'interrupted' };
    return { kind: 'record', record: again, state: isActiveRecord(again) ? 'interrupted' : again.state };
  }

  /** The record, or in words why it cannot be read; undefined when there is none. */
  async #record(number: number): Promise<RunRecord | string | undefined> {
    const file = path.join(this.#home.run(number), 'run.json');
    const found = await ifThere(stat(file));
    if (!found) return undefined;
    const text = await readBounded(file, LARGEST_RECORD);
    if (text === undefined) return 'its run.json is too large to be read';
    try {
      const parsed = runRecordSchema.safeParse(JSON.parse(text));
      if (parsed.success) return parsed.data;
      const issue = parsed.error.issues[0];
      if (issue?.path[0] === 'schema') return 'it was written by another version of MLOps Chat';
      return `its run.json is damaged (${issue?.path.join('.')})`;
    } catch {
      return 'its run.json is damaged';
    }
  }

  /** A folder without run.json: a run that is being started, or whose runner never came up. */
  async #unstarted(number: number): Promise<Reading | undefined> {
    const head = await this.#head(number);
    if (!head || this.#clock.now() - head.createdAt < GRACE_MS) return undefined;
    const runner = await runnerOf(this.#home.run(number));
    if (runner && (await isAlive(runner))) return undefined;
    const error = {
      kind: 'interrupted',
      type: 'Interrupted',
      message: 'Its runner never began.',
      hint: 'Run it again.',
    };
    return { kind: 'summary', summary: bare(number, head, error, head.createdAt) };
  }

  async #unreadable(number: number, why: string): Promise<RunSummary> {
    const [head, found] = await Promise.all([this.#head(number), ifThere(stat(this.#home.run(number)))]);
    const hint = `Look at ${this.#home.run(number)}, or delete the run.`;
    return bare(
      number,
      head,
      { kind: 'unreadable', type: 'Unreadable', message: `The run cannot be shown: ${why}.`, hint },
      found?.mtimeMs ?? 0,
    );
  }

  async #head(number: number): Promise<RequestHead | undefined> {
    const text = await readBounded(path.join(this.#home.run(number), 'request.json'), LARGEST_REQUEST);
    if (text === undefined) return undefined;
    try {
      return requestHeadSchema.parse(JSON.parse(text));
    } catch {
      return undefined;
    }
  }

  async #stamp(number: number): Promise<string | undefined> {
    const found = await ifThere(stat(path.join(this.#home.run(number), 'run.json')));
    return found && `${found.mtimeMs}-${found.size}-${found.ino}`;
  }
}

function bare(number: number, head: RequestHead | undefined, error: RunError, createdAt: number): RunSummary {
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

function isActiveRecord(record: RunRecord): boolean {
  return record.state === 'preparing' || record.state === 'running' || record.state === 'stopping';
}

/** `interrupted` too: a runner that is gone does not come back. */
function isFinal(state: RunState): boolean {
  return state === 'succeeded' || state === 'failed' || state === 'stopped' || state === 'interrupted';
}

async function kindOf(file: string): Promise<'file' | 'folder' | undefined> {
  const found = await ifThere(stat(file));
  return found && (found.isDirectory() ? 'folder' : 'file');
}
