import type { ObjectStat } from '../domain/storedObject.ts';
import { isCancelled } from '../ports/mlopsError.ts';
import type { ObjectStore } from '../ports/objectStore.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import { readText } from '../storage/readText.ts';
import { type LineChange, lineChanges } from '../text/lineChanges.ts';
import type { ObjectOrigin } from './traceObject.ts';

/** Most bytes of a text that are compared. */
export const mostText = 262_144;

/** One of two objects, and what made it. */
export interface ComparedObject {
  readonly stat: ObjectStat;
  readonly origin?: ObjectOrigin;
}

/** How the contents of two objects differ. */
export type ContentChange =
  | { readonly kind: 'same' }
  /** They are texts; `changes` is undefined where there are too many to be compared. */
  | { readonly kind: 'text'; readonly changes: readonly LineChange[] | undefined }
  /** Too large, or no texts: only their sizes are known to differ, or their ETags. */
  | { readonly kind: 'other'; readonly differs: boolean | undefined };

/** Compares what is in two objects, as far as 256 kB of text each. */
export async function contentChange(
  store: ObjectStore,
  before: ObjectStat,
  after: ObjectStat,
  signal: AbortSignal,
): Promise<ContentChange> {
  if (before.size > mostText || after.size > mostText)
    return { kind: 'other', differs: differs(before, after) };
  const [old, now] = await Promise.all([before, after].map((stat) => textOf(store, stat, signal)));
  if (old === undefined || now === undefined) return { kind: 'other', differs: differs(before, after) };
  if (old === now) return { kind: 'same' };
  return { kind: 'text', changes: lineChanges(old.split(/\r?\n/), now.split(/\r?\n/)) };
}

async function textOf(
  store: ObjectStore,
  stat: ObjectStat,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (stat.size === 0) return '';
  return (await readText(store, stat, { limit: mostText }, signal)).text;
}

/** Undefined where nothing tells: the ETag of an object in parts depends on its parts. */
function differs(before: ObjectStat, after: ObjectStat): boolean | undefined {
  if (before.size !== after.size) return true;
  const tags = [before.etag, after.etag];
  if (tags.some((tag) => tag === undefined)) return undefined;
  if (tags[0] === tags[1]) return false;
  return tags.some((tag) => tag?.includes('-')) ? undefined : true;
}

/** Whether the code of the tasks that made two objects is the same; undefined where it cannot be told. */
export async function isSameCode(
  backend: PipelineBackend,
  origins: readonly (ObjectOrigin | undefined)[],
  signal: AbortSignal,
): Promise<boolean | undefined> {
  const sources = await Promise.all(origins.map((origin) => sourceOf(backend, origin, signal)));
  const [before, after] = sources;
  return before === undefined || after === undefined ? undefined : before === after;
}

async function sourceOf(
  backend: PipelineBackend,
  origin: ObjectOrigin | undefined,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (origin?.maker?.task === undefined) return undefined;
  const { run, task } = origin.maker;
  try {
    return await backend.readSource?.(run.id, task.path, signal);
  } catch (error) {
    if (isCancelled(error)) throw error;
    return undefined;
  }
}
