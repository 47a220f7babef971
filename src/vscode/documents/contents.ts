import { connectionOf, objectsOf, runsOf } from '../../core/connections/findConnection.ts';
import type { Run, RunRef, RunSummary } from '../../core/domain/run.ts';
import { lastGoodRun } from '../../core/runs/lastGoodRun.ts';
import { forPeople, plain } from '../../core/text/markdown.ts';
import { attemptLine, openAttempts } from '../../core/logs/attemptLogs.ts';
import { collected } from '../../core/logs/bytes.ts';
import { objectDetails, renderDetails } from '../../core/storage/objectDetails.ts';
import { readText } from '../../core/storage/readText.ts';
import { asOnTerminal } from '../../core/text/terminalText.ts';
import { redactor } from '../../core/text/redact.ts';
import { paragraphs } from '../../core/text/sentences.ts';
import { size } from '../../core/text/units.ts';
import type { Connection, Connections } from '../../core/ports/connections.ts';
import type { PipelineBackend } from '../../core/ports/pipelineBackend.ts';
import { deadline } from '../deadline.ts';
import { failureOf } from '../failure.ts';
import type { ObjectPlace } from '../uris.ts';
import type { Address } from './address.ts';

/** Most bytes of a whole log that are shown, from its beginning. */
export const wholeLogBytes = 32_000_000;
/** Most bytes of an object that are shown, from its beginning. */
export const objectBytes = 256_000;

/** Documents that are read once, when they are opened; a log is followed instead. */
export type OnceRead = Exclude<Address, { readonly kind: 'log' | 'search' }>;

/** What the documents are written from. */
export interface ContentsDeps {
  readonly connections: Connections;
  readonly describeRun: (run: Run, previous?: RunSummary) => string;
}

/** The text of a document, or the reason why it cannot be read. */
export async function contentsOf(address: OnceRead, deps: ContentsDeps): Promise<string> {
  try {
    if (address.kind === 'run') return await runText(address.run, deps);
    if (address.kind === 'wholeLog') return await wholeLogText(address.run, address.task, deps);
    if (address.kind === 'source') return await sourceText(address.run, address.task, deps);
    if (address.kind === 'details') return await detailsText(address, deps);
    return await objectText(address, deps);
  } catch (error) {
    const { message, hint } = failureOf(error);
    return paragraphs(message, hint);
  }
}

async function backendOf({ connection }: RunRef, { connections }: ContentsDeps): Promise<PipelineBackend> {
  return runsOf(connectionOf<Connection>(connections, connection));
}

async function runText(ref: RunRef, deps: ContentsDeps): Promise<string> {
  const runs = await backendOf(ref, deps);
  const run = await runs.getRun(ref.id, deadline());
  const previous = await lastGoodRun(runs, run, deadline());
  const begun = new Date(run.startedAt ?? run.createdAt).toLocaleString();
  return `# ${plain(run.label)}\n\nA run of ${plain(run.pipeline.name)}, begun ${begun}.\n\n${forPeople(redactor(run)(deps.describeRun(run, previous)))}\n`;
}

async function sourceText(ref: RunRef, task: string, deps: ContentsDeps): Promise<string> {
  const runs = await backendOf(ref, deps);
  const text = await runs.readSource?.(ref.id, task, deadline());
  return text ?? `${runs.connection.name} keeps no sources of tasks.\n`;
}

/** A log of all attempts as text, in the same lines as the followed log and the search. */
async function wholeLogText(ref: RunRef, task: string, deps: ContentsDeps): Promise<string> {
  const log = { run: ref.id, task };
  const attempts = await openAttempts(await backendOf(ref, deps), log, wholeLogBytes, deadline());
  let text = '';
  for (const { attempt, bytes } of attempts.logs) {
    if (attempt > 1) text += `${text === '' || text.endsWith('\n') ? '' : '\n'}${attemptLine(attempt)}\n`;
    text += asOnTerminal(new TextDecoder().decode(await collected(bytes)));
  }
  text = attempts.hide(text);
  if (attempts.size <= wholeLogBytes) return text || `[${task} has printed nothing yet.]\n`;
  return `${text}\n[Only the first ${size(wholeLogBytes)} of ${size(attempts.size)} are shown.]\n`;
}

async function objectText({ connection, bucket, key }: ObjectPlace, deps: ContentsDeps): Promise<string> {
  const store = await objectsOf(connectionOf<Connection>(deps.connections, connection));
  const stat = await store.stat(bucket, key, deadline());
  const { text } = await readText(store, stat, { limit: objectBytes }, deadline());
  if (text === undefined) return `${bucket}/${key} is binary, ${size(stat.size)}: it is not shown as text.\n`;
  if (stat.size <= objectBytes) return text;
  return `${text}\n[Only the first ${size(objectBytes)} of ${size(stat.size)} are shown.]\n`;
}

async function detailsText({ connection, bucket, key }: ObjectPlace, deps: ContentsDeps): Promise<string> {
  const store = await objectsOf(connectionOf<Connection>(deps.connections, connection));
  return `${renderDetails(await objectDetails(store, { bucket, key }, deadline()))}\n`;
}
