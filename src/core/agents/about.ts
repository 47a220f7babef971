import type { FocusList, ListedKind } from '../domain/focus.ts';
import type { CallMentions, Mention } from '../domain/mention.ts';
import type { RunRef } from '../domain/run.ts';
import { namedIn } from '../text/namedIn.ts';
import { deletedRun, withoutGone } from './deletedRuns.ts';
import { listsOf } from './listsOf.ts';
import { distinct, isSame, isThing, kindOf, namesOf, type Thing, thingsOf } from './things.ts';

/** What an answer is about, which its buttons, what is offered next and the focus follow. */
export interface About {
  /** The one thing, and what goes with it; empty where the answer is about several things or none. */
  readonly subject: readonly Mention[];
  /** What it listed, the newest list first. */
  readonly lists: readonly FocusList[];
  /** The next page of the list shown last. */
  readonly more: Mention | undefined;
  /** Runs that were deleted. */
  readonly gone: readonly RunRef[];
  /** All that was named and is there, what the answer is about first. */
  readonly all: readonly Mention[];
}

/**
 * What an answer is about: the last thing that was changed; else the one run that its text names; else the one thing that
 * was read, the run of a comparison, or the one pipeline that the text names. A list of several is about none of them.
 */
export function aboutAnswer(calls: readonly CallMentions[], text: string): About {
  const gone = calls.flatMap((call) => call.mentions).flatMap(deletedRun);
  const alive = calls.map((call) => ({ ...call, mentions: withoutGone(call.mentions, gone) }));
  const main = changed(alive, text) ?? looked(alive, text);
  const subject = main === undefined ? [] : subjectOf(main, alive);
  const mentions = alive.flatMap((call) => call.mentions);
  return {
    subject,
    lists: listsOf(alive, text),
    more: mentions.findLast(({ kind }) => kind === 'more'),
    gone,
    all: [...subject, ...mentions.filter((mention) => !subject.includes(mention))],
  };
}

/** What one result is about, in which nothing was changed. */
export function aboutResult(mentions: readonly Mention[]): About {
  return aboutAnswer([{ writes: false, mentions }], '');
}

/** The last thing that was changed; of several, the one that the text alone names. */
function changed(calls: readonly CallMentions[], text: string): Thing | undefined {
  const things = calls.filter(({ writes }) => writes).flatMap(({ mentions }) => mainOf(mentions) ?? []);
  return namedAlone(things, text) ?? things.at(-1);
}

function looked(calls: readonly CallMentions[], text: string): Thing | undefined {
  const things = distinct(calls.flatMap(({ mentions }) => thingsOf(mentions)));
  const runs = things.filter((thing) => kindOf(thing) === 'run');
  const mains = calls.flatMap(({ mentions }) => mainOf(mentions) ?? []);
  const read = (...kinds: readonly ListedKind[]) =>
    distinct(mains.filter((main) => kinds.includes(kindOf(main))));
  const readRuns = read('run');
  const compared = calls.flatMap(({ mentions }) => comparedIn(thingsOf(mentions)) ?? []).at(-1);
  const run = namedAlone(runs, text) ?? only(readRuns) ?? compared;
  if (run !== undefined || readRuns.length > 0) return run;
  const pipelines = things.filter(({ kind }) => kind === 'pipeline');
  const named = runs.some((one) => isNamed(one, text)) ? undefined : namedAlone(pipelines, text);
  return named ?? only(read('pipeline')) ?? only(read('schedule')) ?? only(read('bucket', 'object'));
}

/** What one call is about: the run that it held against another, or the only thing of its kind. A list is about none. */
function mainOf(mentions: readonly Mention[]): Thing | undefined {
  const things = thingsOf(mentions);
  const folder =
    things[0]?.kind === 'object' ? mentions.find((mention) => mention.kind === 'bucket') : undefined;
  return comparedIn(things) ?? folder ?? only(things);
}

/** The run that was held against another one of these. */
function comparedIn(things: readonly Thing[]): Thing | undefined {
  const runs = things.filter((thing) => thing.kind === 'run');
  return runs.find(({ against }) => runs.some(({ id }) => id === against?.id));
}

const only = (things: readonly Thing[]) => (things.length === 1 ? things[0] : undefined);

const isNamed = (thing: Thing, text: string) => namedIn(text, namesOf(thing)) >= 0;

/** The only one of these things that the text names. */
function namedAlone(things: readonly Thing[], text: string): Thing | undefined {
  return only(distinct(things).filter((thing) => isNamed(thing, text)));
}

/** A thing and what the calls about it named with it, the newest call first; of a run all that was said of it. */
function subjectOf(main: Thing, calls: readonly CallMentions[]): readonly Mention[] {
  const known = calls
    .flatMap(({ mentions }) => mentions)
    .flatMap((mention) => (mention.kind === 'run' && isSame(mention, main) ? [mention] : []));
  const whole = known.length === 0 ? main : known.reduce(together);
  const companions = calls
    .filter(({ mentions }) => {
      const of = mainOf(mentions);
      return of !== undefined && isSame(of, main);
    })
    .toReversed()
    .flatMap(({ mentions }) => mentions)
    .filter((mention) => isThing(mention) && !(mention.kind === whole.kind && isSame(mention, whole)));
  return [whole, ...companions];
}

/** What two results say of one run: the later one, with what only the one before knew. */
function together(before: MentionedRun, after: MentionedRun): MentionedRun {
  const { log } = before;
  const { log: _log, ...same } = { ...before, ...after };
  if (after.log !== false) return { ...same, ...after };
  return log === undefined ? same : { ...same, log };
}

type MentionedRun = Mention & { readonly kind: 'run' };
