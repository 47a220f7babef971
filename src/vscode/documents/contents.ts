import type { Run, RunSummary } from '../../core/domain/run.ts';
import { lastGoodRun } from '../../core/runs/lastGoodRun.ts';
import { forPeople, plain } from '../../core/text/markdown.ts';
import { size } from '../../core/text/units.ts';
import type { ObjectStore } from '../../core/ports/objectStore.ts';
import type { PipelineBackend } from '../../core/ports/pipelineBackend.ts';
import { deadline, failureOf } from '../trees/listing.ts';
import type { Address } from './address.ts';
import { collect, fromNextLine, textOf } from './bytesAsText.ts';

/** Most of a log that is shown: its end. */
export const logBytes = 1_000_000;
/** Most of an object that is shown: its beginning. */
export const objectBytes = 256_000;

/** What the documents are written from. */
export interface ContentsDeps {
  readonly backend: () => Promise<PipelineBackend>;
  readonly store: () => Promise<ObjectStore>;
  readonly describeRun: (run: Run, previous?: RunSummary) => string;
}

/** The text of a document. What cannot be read is said in it. */
export async function contentsOf(address: Address, deps: ContentsDeps): Promise<string> {
  try {
    if (address.kind === 'run') return await runText(address.run, deps);
    if (address.kind === 'log') return await logText(address.run, address.task, deps);
    if (address.kind === 'source') return await sourceText(address.run, address.task, deps);
    return await objectText(address.bucket, address.key, deps);
  } catch (error) {
    const { message, hint } = failureOf(error);
    return [message, hint].filter(Boolean).join('\n\n');
  }
}

async function runText(id: Run['id'], { backend, describeRun }: ContentsDeps): Promise<string> {
  const runs = await backend();
  const run = await runs.getRun(id, deadline());
  const previous = await lastGoodRun(runs, run, deadline());
  const begun = new Date(run.startedAt ?? run.createdAt).toLocaleString();
  return `# ${plain(run.id)}\n\nA run of ${plain(run.pipeline.name)}, begun ${begun}.\n\n${forPeople(describeRun(run, previous))}\n`;
}

async function logText(id: Run['id'], task: string, { backend }: ContentsDeps): Promise<string> {
  const runs = await backend();
  // The first read says how long the log is; it is all there is to read of a short one.
  const head = await runs.readLog(id, task, { offset: 0, limit: logBytes }, deadline());
  if (head.size <= logBytes) return (await readable(head.bytes)) || `${task} has printed nothing yet.\n`;
  for await (const _ of head.bytes) break;
  const offset = head.size - logBytes;
  const tail = await runs.readLog(id, task, { offset, limit: logBytes }, deadline());
  const cut = `[The first ${size(offset)} of ${size(head.size)} are left out.]\n`;
  return cut + fromNextLine(await readable(tail.bytes));
}

async function sourceText(id: Run['id'], task: string, { backend }: ContentsDeps): Promise<string> {
  const runs = await backend();
  const text = await runs.readSource?.(id, task, deadline());
  return text ?? `${runs.connection.name} keeps no sources of tasks.\n`;
}

/** A log as text whatever was printed: what is no text is replaced, not hidden. */
async function readable(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  return new TextDecoder().decode(await collect(bytes));
}

async function objectText(bucket: string, key: string, deps: ContentsDeps): Promise<string> {
  const store = await deps.store();
  const stat = await store.stat(bucket, key, deadline());
  const bytes = await collect(store.read(bucket, key, { limit: objectBytes }, deadline()));
  const text = textOf(bytes);
  if (text === undefined) return `${bucket}/${key} is binary, ${size(stat.size)}: it is not shown as text.\n`;
  if (stat.size <= objectBytes) return text;
  return `${text}\n[Only the first ${size(objectBytes)} of ${size(stat.size)} are shown.]\n`;
}
