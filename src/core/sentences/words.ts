import type { Focus } from '../domain/focus.ts';
import { listedIn, oneListed, saysListed } from './listed.ts';

/** Words that stand for what is in focus. */
const pronoun = /^(?:it|that|this|that one|this one|that run|this run|the run|again)$/i;
/** What is attached, or in front in the editor: its pipeline is in focus then. */
const thisFile = /^this(?: (?:file|line|function|component|code|selection|pipeline))?$/i;
const lastRun = /^(?:the )?(?:last|latest|newest|most recent)(?: run| one)?$/i;
const lastOfState =
  /^(?:the )?(?:last|latest|newest|most recent) (?<how>failed|good|successful)(?: run| one)?$/i;

/** Patterns of sentences that ask about a run or a pipeline, whichever is named: "describe iris", "describe 12". */
export const describing =
  /^(?:(?:what are |show |list )?(?:the )?parameters (?:of|for)|describe|explain|show(?: me)?|details? (?:of|on)|what does|what is|tell me about|info(?: on)?) (?<what>.+?)(?: do| take)?$/i;

/** True for words that stand for what is in focus. */
export function isPronoun(text: string): boolean {
  return pronoun.test(text);
}

/** True for words that stand for what is attached or in front: "this", "this file", "this line". */
export function isThisFile(text: string): boolean {
  return thisFile.test(text);
}

/** The end of a label that a server's id gives: "deeper iris-5b946". */
const serverLabel = /\S-(?=[a-f]*\d)[0-9a-f]{5}$/i;

/** True for "12", "iris-12", "deeper iris-5b946", "run 12", "it", "the last run". */
export function isRun(text: string): boolean {
  return (
    /^(?:run )?#?(?:\S+-)?\d+$/i.test(text) ||
    serverLabel.test(text) ||
    lastRun.test(text) ||
    lastOfState.test(text) ||
    pronoun.test(text) ||
    saysListed(text, 'run')
  );
}

/** True for words that mean a run where a pipeline may be meant as well: "this" means a run where one is in focus. */
export function meansRun(text: string, focus: Focus): boolean {
  if (thisFile.test(text) && focus.run === undefined && focus.pipeline !== undefined) return false;
  if (listedIn(text, focus, 'pipeline') !== undefined) return false;
  return isRun(text) || /^run /i.test(text);
}

/** "run 12", "#12", "it", "this line", "the last run", "the second one" as the tools take them. */
export function runIn(text: string | undefined, focus: Focus): string {
  return oneListed(text, focus, 'run') ?? spokenRun(text, focus);
}

function spokenRun(text: string | undefined, focus: Focus): string {
  const bare = unquote((text ?? '').replace(/^(?:the )?run (?=\S)/i, ''));
  if (thisFile.test(bare)) return focus.run ?? focus.pipeline ?? 'last';
  if (bare === '' || pronoun.test(bare)) return focus.run ?? 'last';
  const how = lastOfState.exec(bare)?.groups?.['how'];
  if (how !== undefined) return `last ${how.toLowerCase()}`;
  return lastRun.test(bare) ? 'last' : bare.replace(/^#/, '');
}

/** "iris", "the iris pipeline", "it", "this file", "the second one" as the tools take them; undefined when nothing is named or in focus. */
export function pipelineIn(text: string | undefined, focus: Focus): string | undefined {
  const listed = oneListed(text, focus, 'pipeline');
  if (listed !== undefined) return listed;
  const bare = unquote(
    (text ?? '')
      .replace(/^(?:the |my )/i, '')
      .replace(/^pipeline (?=\S)/i, '')
      .replace(/ pipeline$/i, ''),
  );
  return bare === '' || pronoun.test(bare) || thisFile.test(bare) ? focus.pipeline : bare;
}

/** "artifacts/iris/report.html" or "s3://artifacts/iris": the bucket, and what stands after it. */
export function objectPath(path: string): { readonly bucket: string; readonly rest: string } {
  const [bucket = '', ...rest] = unquote(path)
    .replace(/^\w+:\/\//, '')
    .split('/');
  return { bucket, rest: rest.join('/') };
}

/** A text without the quotes around it. */
export function unquote(text: string): string {
  const trimmed = text.trim();
  return /^(["'`]).+\1$/s.test(trimmed) ? trimmed.slice(1, -1) : trimmed;
}

/** A name in a sentence: in quotes when it has what would end it there. */
export function inSentence(name: string): string {
  return /^[\p{L}\p{N}_./@:[\]-]+$/u.test(name) ? name : `"${name}"`;
}
