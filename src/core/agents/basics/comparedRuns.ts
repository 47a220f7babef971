import type { Focus } from '../../domain/focus.ts';
import type { JsonObject } from '../../domain/json.ts';
import { type Known, runsOf } from './known.ts';
import { runBefore, runMeant } from './runMeant.ts';
import { namesIn, type Parts } from './sentenceParts.ts';

/** The two runs that a sentence compares: `run` is held against `with`. Undefined where one of them cannot be told. */
export function comparedRuns(parts: Parts, known: Known, focus: Focus): JsonObject | undefined {
  const [first, second] = namesIn(parts, 'run');
  const isSince = /\b(?:since|seit)\b/i.test(parts.text);
  if (first !== undefined && second !== undefined) return bothNamed(parts, first, second);
  if (parts.concepts.has('two')) return lastTwo(parts, known);
  if (isSince) return first === undefined ? undefined : sinceRun(first, known);
  if (parts.concepts.has('previous')) {
    const before = runBefore(first, namesIn(parts, 'pipeline')[0], known, focus);
    return before === undefined ? undefined : { run: first ?? focus.run ?? 'last', with: before };
  }
  return { run: runMeant(parts, known, focus) };
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
