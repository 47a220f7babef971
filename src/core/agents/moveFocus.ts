import type { Focus, FocusList } from '../domain/focus.ts';
import type { Mention } from '../domain/mention.ts';
import type { RunRef } from '../domain/run.ts';
import type { About } from './about.ts';
import { longest, longestMore, mostLists } from './focus.ts';

/**
 * The focus after an answer: on what it is about. What it listed is remembered and moves nothing; a turn that named nothing
 * keeps what there was. A list goes on ("more") only right after it.
 */
export function moveFocus(focus: Focus, about: About): Focus {
  const { function: _function, parameters: _parameters, ...lasting } = forgetRuns(focus, about.gone);
  const { more: _more, ...rest } = lasting;
  const moved = inOrder(about.subject).reduce(follow, about.all.length === 0 ? lasting : rest);
  const lists = about.lists.reduceRight<readonly FocusList[]>(
    (kept, list) => [list, ...kept.filter(({ kind }) => kind !== list.kind)],
    moved.lists ?? [],
  );
  return short({
    ...moved,
    ...(about.more?.kind === 'more' ? { more: callOf(about.more) } : {}),
    ...(lists.length === 0 ? {} : { lists: lists.slice(0, mostLists) }),
  });
}

/** The focus without runs that are gone: in a list, the others keep their places. */
export function forgetRuns(focus: Focus, gone: readonly RunRef[]): Focus {
  const isGone = (connection: string | undefined, name: string | null | undefined) =>
    gone.some((run) => run.id === name && run.connection === (connection ?? run.connection));
  const { against, lists, ...rest } = focus;
  const kept = {
    ...(isGone(focus.connection, focus.run) ? withoutRun(rest) : rest),
    ...(against === undefined || isGone(focus.connection, focus.run) || isGone(focus.connection, against)
      ? {}
      : { against }),
  };
  if (lists === undefined) return kept;
  const living = lists
    .map((list) => ({
      ...list,
      names: list.names.map((name) => (list.kind === 'run' && isGone(list.connection, name) ? null : name)),
    }))
    .filter(({ names }) => names.some((name) => name !== null));
  return living.length === 0 ? kept : { ...kept, lists: living };
}

const kinds: readonly Mention['kind'][] = ['run', 'task', 'pipeline', 'schedule', 'object', 'bucket'];

/** The first of each kind, a run before what goes with it. The objects of a run do not count: it says its folder. */
function inOrder(subject: readonly Mention[]): readonly Mention[] {
  const found = kinds.flatMap((kind) => subject.find((mention) => mention.kind === kind) ?? []);
  return found.some(({ kind }) => kind === 'run') ? found.filter(({ kind }) => kind !== 'object') : found;
}

function follow(before: Focus, mention: Mention): Focus {
  const focus = onConnection(before, mention.connection);
  switch (mention.kind) {
    case 'pipeline':
      return { ...focus, pipeline: mention.name };
    case 'schedule':
      return { ...focus, pipeline: mention.pipeline, schedule: mention.name };
    case 'run':
      return { ...onRun(focus, mention.id), ...ofRun(mention) };
    case 'task':
      return { ...ofSameRun(focus, mention.run), run: mention.run, task: mention.path };
    case 'bucket':
      return { ...withoutObject(focus), bucket: [mention.bucket, mention.prefix ?? ''].join('/') };
    case 'object':
      return {
        ...focus,
        bucket: [mention.bucket, mention.key.slice(0, mention.key.lastIndexOf('/') + 1)].join('/'),
        object: [mention.bucket, mention.key].join('/'),
      };
    case 'more':
    case 'deleted':
    case 'passage':
      return focus;
  }
}

/** A focus is in one connection; a list stays where it was made. */
function onConnection(focus: Focus, connection: string): Focus {
  const { lists } = focus;
  if (focus.connection === undefined || focus.connection === connection) return { ...focus, connection };
  return { connection, ...(lists === undefined ? {} : { lists }) };
}

function ofRun({ id, pipeline, against, failedTask, bucket }: Mention & { kind: 'run' }): Focus {
  return {
    run: id,
    pipeline,
    ...(against === undefined ? {} : { against: against.id }),
    ...(failedTask === undefined ? {} : { task: failedTask }),
    ...(bucket === undefined ? {} : { bucket }),
  };
}

/** The same where the run's pipeline is not known. */
function ofSameRun(focus: Focus, run: string): Focus {
  const { pipeline: _pipeline, ...rest } = onRun(focus, run);
  return focus.run === run ? focus : rest;
}

/** What goes with this run: nothing of what went with another one. */
function onRun(focus: Focus, run: string): Focus {
  return focus.run === run || focus.run === undefined ? focus : withoutRun(focus);
}

function withoutRun(focus: Focus): Focus {
  const { run: _run, against: _against, task: _task, parameters: _values, ...rest } = withoutObject(focus);
  const { bucket: _bucket, ...left } = rest;
  return left;
}

function withoutObject({ object: _object, ...focus }: Focus): Focus {
  return focus;
}

const callOf = ({ tool, input }: Mention & { kind: 'more' }) => `${tool} ${JSON.stringify(input)}`;

/** The focus without what is too long to be kept. */
function short(focus: Focus): Focus {
  const entries = Object.entries(focus).filter(
    ([what, value]: readonly [string, unknown]) =>
      typeof value !== 'string' || value.length <= (what === 'more' ? longestMore : longest),
  );
  return Object.fromEntries(entries);
}
