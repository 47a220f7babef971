import { type ListedKind, listedKinds } from '../domain/focus.ts';
import type { Mention } from '../domain/mention.ts';
import { runKey } from '../domain/run.ts';

/** Something that a list may hold. A task stands for its run. */
export type Thing = Exclude<Mention, { kind: 'more' | 'deleted' | 'passage' }>;

/** False for what is no thing that is there. */
export function isThing(mention: Mention): mention is Thing {
  return mention.kind !== 'more' && mention.kind !== 'deleted' && mention.kind !== 'passage';
}

/** What kind of thing a list of them would be of. */
export function kindOf({ kind }: Thing): ListedKind {
  return kind === 'task' ? 'run' : kind;
}

/** The things that a result is about: runs, where it names none pipelines, and so on; the rest goes with these. */
export function thingsOf(mentions: readonly Mention[]): readonly Thing[] {
  const things = mentions.filter(isThing);
  for (const kind of listedKinds) {
    const found = distinct(things.filter((thing) => kindOf(thing) === kind));
    if (found.length > 0) return found;
  }
  return [];
}

/** Each thing once, where it stands first. */
export function distinct<T extends Thing>(things: readonly T[]): readonly T[] {
  return things.filter((thing, index) => things.findIndex((other) => isSame(thing, other)) === index);
}

/** Whether two mentions are of one thing, a task's being of its run. */
export function isSame(a: Thing, b: Thing): boolean {
  return keyOf(a) === keyOf(b);
}

function keyOf(thing: Thing): string {
  const { connection } = thing;
  switch (thing.kind) {
    case 'run':
      return `run ${runKey(thing)}`;
    case 'task':
      return `run ${runKey({ connection, id: thing.run })}`;
    default:
      return `${thing.kind} ${connection} ${nameOf(thing)}`;
  }
}

/** What the focus calls a thing. */
export function nameOf(thing: Thing): string {
  switch (thing.kind) {
    case 'run':
      return thing.id;
    case 'task':
      return thing.run;
    case 'pipeline':
    case 'schedule':
      return thing.name;
    case 'bucket':
      return [thing.bucket, thing.prefix ?? ''].join('/');
    case 'object':
      return [thing.bucket, thing.key].join('/');
  }
}

/** What a text may call a thing. */
export function namesOf(thing: Thing): readonly string[] {
  switch (thing.kind) {
    case 'run':
      return [thing.id, thing.label];
    case 'bucket':
      return [thing.bucket];
    default:
      return [nameOf(thing)];
  }
}
