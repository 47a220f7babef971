import type { Focus } from '../../domain/focus.ts';
import type { JsonObject } from '../../domain/json.ts';
import { type Known, runsOf } from './known.ts';
import { runBefore, runMeant } from './runMeant.ts';
import { namesIn, type Parts } from './sentenceParts.ts';

/** The two runs that a sentence compares: `run` is held against `with`. Undefined where one of them cannot be told. */
export function comparedRuns(parts: Parts, known: Known, focus: Focus): JsonObject | undefined {
  const [first, second] = namesIn(parts, 'run');
  if (first !== undefined && second !== undefined) return bothNamed(parts, first, second);
  if (parts.concepts.has('best') || manyRuns.test(parts.text)) return undefined;
  const [pipeline, other] = namesIn(parts, 'pipeline');
  if (first === undefined && pipeline !== undefined && other !== undefined)
    return bothNamed(parts, pipeline, other);
  if (parts.concepts.has('two')) return lastTwo(parts, known);
  if (/\b(?:since|seit)\b/i.test(parts.text)) return first === undefined ? undefined : sinceRun(first, known);
  return parts.concepts.has('previous')
    ? withPrevious(parts, first, known, focus)
    : withNamed(parts, known, focus);
}

/** More than two. */
const manyRuns = /\b(?:three|four|five|six|drei|vier|fünf|[3-9]|\d\d+) (?:\p{L}+ )?(?:runs|läufe)\b/iu;

/** Held against the run before it. */
function withPrevious(
  parts: Parts,
  named: string | undefined,
  known: Known,
  focus: Focus,
): JsonObject | undefined {
  const before = runBefore(named, namesIn(parts, 'pipeline')[0], known, focus);
  return before === undefined ? undefined : { run: named ?? focus.run ?? 'last', with: before };
}

/** "Is it better than iris-11": what is named is what "it" is held against. */
function withNamed(parts: Parts, known: Known, focus: Focus): JsonObject {
  const [named, it] = [runMeant(parts, known, focus), focus.run ?? 'last'];
  return parts.concepts.has('it') && named !== it ? { run: it, with: named } : { run: named };
}

/** "Between a and b", "a vs b" read from the first to the second; else the first is held against the second. */
function bothNamed({ text }: Parts, first: string, second: string): JsonObject {
  return /\b(?:and|und|vs|versus)\b/i.test(text)
    ? { run: second, with: first }
    : { run: first, with: second };
}

/** The newest two runs, of the pipeline that is named. */
function lastTwo(parts: Parts, known: Known): JsonObject | undefined {
  const [newest, before] = runsOf(known, namesIn(parts, 'pipeline')[0]);
  return newest === undefined || before === undefined ? undefined : { run: newest.id, with: before.id };
}

/** The newest run of the same pipeline. */
function sinceRun(run: string, known: Known): JsonObject | undefined {
  const [newest] = runsOf(known, known.runs.find(({ id }) => id === run)?.pipeline.name);
  return newest === undefined || newest.id === run ? undefined : { run: newest.id, with: run };
}
