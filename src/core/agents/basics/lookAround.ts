import type { Focus } from '../../domain/focus.ts';
import type { Pipeline } from '../../domain/pipeline.ts';
import type { Connection } from '../../ports/connections.ts';
import type { PipelineBackend } from '../../ports/pipelineBackend.ts';
import { allPipelines } from '../../pipelines/allPipelines.ts';
import type { Known, KnownPipeline } from './known.ts';
import { orderIn } from './verbs.ts';
import { namesIn, partsOf } from './sentenceParts.ts';

const mostRuns = 200;
const mostRead = 8;
/** What is longer is no sentence: agents of the editor send theirs with much around it. */
const longestSentence = 1000;

/**
 * Reads what exists in a connection, as far as a sentence may name it: pipelines, the newest runs, buckets, and in full the few
 * pipelines that may be meant. What cannot be read is left out; undefined where nothing can, and for what is no sentence.
 */
export async function lookAround(
  connection: Pick<Connection, 'backend' | 'store'>,
  sentence: string,
  focus: Focus,
  signal: AbortSignal,
): Promise<Known | undefined> {
  if (sentence.length > longestSentence) return undefined;
  if (connection.backend === undefined) return objectsAlone(connection, signal);
  const backend = await connection.backend().catch(() => undefined);
  if (backend === undefined) return undefined;
  const [pipelines, runs, buckets] = await Promise.all([
    allPipelines(backend, signal).catch(() => undefined),
    backend.listRuns({ size: mostRuns }, signal).catch(() => undefined),
    bucketsOf(connection, signal),
  ]);
  if (pipelines === undefined) return undefined;
  const known: Known = {
    pipelines,
    runs: runs?.items ?? [],
    allRuns: runs !== undefined && runs.next === undefined && runs.cut === undefined,
    buckets,
    keeps: backend.experiments !== undefined && backend.retryRun !== undefined,
  };
  return { ...known, pipelines: await inFull(backend, known, sentence, focus, signal) };
}

/** What a connection has that has no pipelines. */
async function objectsAlone(
  connection: Pick<Connection, 'store'>,
  signal: AbortSignal,
): Promise<Known | undefined> {
  const buckets = await bucketsOf(connection, signal);
  return { pipelines: [], runs: [], allRuns: false, buckets };
}

async function bucketsOf({ store }: Pick<Connection, 'store'>, signal: AbortSignal) {
  const opened = await store?.().catch(() => undefined);
  const buckets = await opened?.listBuckets(signal).catch(() => undefined);
  return buckets?.map(({ name }) => name) ?? [];
}

/** The pipelines, with the parameters and tasks of those that may be meant. */
async function inFull(
  backend: PipelineBackend,
  known: Known,
  sentence: string,
  focus: Focus,
  signal: AbortSignal,
): Promise<Known['pipelines']> {
  const read = new Map<string, Pipeline>();
  await Promise.all(
    toRead(known, sentence, focus).map(async ({ id }) => {
      const pipeline = await backend.getPipeline(id, signal).catch(() => undefined);
      if (pipeline !== undefined) read.set(id, pipeline);
    }),
  );
  return known.pipelines.map((one) => {
    const full = read.get(one.id);
    return full === undefined ? one : { ...one, parameters: full.parameters, tasks: full.tasks };
  });
}

/**
 * The pipelines whose parameters or tasks a sentence may name: an order sets values, a log is that of a task. Those that it names,
 * what is in focus and what ran last; all, where an order names none.
 */
function toRead(known: Known, sentence: string, focus: Focus): readonly KnownPipeline[] {
  const parts = partsOf(sentence, known);
  const isOrder = orderIn(parts) !== undefined || parts.concepts.has('again') || saysSame.test(sentence);
  const isAboutLog =
    parts.concepts.has('log') || parts.concepts.has('prints') || parts.concepts.has('search');
  // A word that says nothing to us may be a parameter's.
  const asksMore = parts.others.length > 0 && namesIn(parts, 'pipeline').length > 0;
  if (!isOrder && !isAboutLog && !asksMore) return [];
  const runs = [...namesIn(parts, 'run'), focus.run].flatMap((id) =>
    known.runs.filter((run) => run.id === id),
  );
  const named = [...namesIn(parts, 'pipeline'), ...runs.map(({ pipeline }) => pipeline.name)];
  const last = known.runs[0]?.pipeline.name;
  const meant = new Set([...named, focus.pipeline, last].filter((name) => name !== undefined));
  const readable = known.pipelines.filter(({ problem }) => problem === undefined);
  const isFree = isOrder && namesIn(parts, 'run').length + namesIn(parts, 'pipeline').length === 0;
  const first = readable.filter(({ name }) => meant.has(name));
  return [...new Set([...first, ...(isFree ? readable : [])])].slice(0, mostRead);
}

const saysSame = /\b(?:same|dasselbe|gleiche)\b/i;
