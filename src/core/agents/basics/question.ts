import type { Focus } from '../../domain/focus.ts';
import { own } from '../../domain/own.ts';
import type { Concept } from './lexicon.ts';
import type { Word } from './readWords.ts';
import type { Known } from './known.ts';
import type { Understood } from './grammar.ts';
import { enough, type Feature, type Intent, intents } from './intents.ts';
import type { Named } from './findNamed.ts';
import { inputs, linesIn, looksFor } from './inputs.ts';
import type { Parts } from './sentenceParts.ts';
import type { ToolName } from '../../tools/table.ts';

/** The call that looks at what a sentence asks for; undefined when nothing speaks for any. */
export function readQuestion(parts: Parts, known: Known, focus: Focus): Understood | undefined {
  const [best] = ranked(parts, focus);
  return best === undefined || best.points < enough ? undefined : callOf(best.tool, parts, known, focus);
}

/** What looks at something, that which a sentence speaks most for first. */
export function ranked(
  parts: Parts,
  focus: Focus,
): readonly { readonly tool: ToolName; readonly points: number }[] {
  const features = featuresOf(parts, focus);
  return intents
    .map((intent) => ({ tool: intent.tool, points: pointsOf(intent, features) - cost(intent, parts) }))
    .toSorted((a, b) => b.points - a.points);
}

/** The call of a tool that looks at something, with what the sentence says of it. */
export function callOf(tool: ToolName, parts: Parts, known: Known, focus: Focus): Understood | undefined {
  const asked = tool === 'mlops_describe_run' && asksWhy(parts) ? 'mlops_diagnose_run' : tool;
  const input = inputs[asked]?.({ parts, known, focus });
  return input && { tool: asked, input };
}

/** A question about a run that speaks of a failure or a reason is for the diagnosis. */
function asksWhy({ concepts }: Parts): boolean {
  return concepts.has('why') || concepts.has('failed');
}

function featuresOf({ named, concepts, text, words }: Parts, focus: Focus): ReadonlySet<Feature> {
  const count = (kind: Named['kind']) => named.filter((one) => one.kind === kind).length;
  const keys = named.flatMap((one) => (one.kind === 'path' ? [one.key] : []));
  const isFolder = (key: string) => key === '' || key.endsWith('/');
  const found: { readonly [feature in Exclude<Feature, Concept>]: boolean } = {
    Pipeline: count('pipeline') > 0,
    Run: count('run') > 0,
    Runs: count('run') > 1,
    Task: count('task') > 0,
    Bucket: count('bucket') > 0,
    Folder: keys.some(isFolder),
    Object: keys.some((key) => !isFolder(key)),
    Focus: focus.pipeline !== undefined,
    FocusRun: focus.run !== undefined,
    Lines: linesIn(text) !== undefined,
    canRun: canRun.test(text),
    alone: words.length === 1,
  };
  const names = Object.keys(found) as readonly (keyof typeof found)[];
  return new Set([...concepts, ...names.filter((name) => own(found, name))]);
}

/** "What can I run": asks for pipelines, and orders nothing. */
export const canRun =
  /\b(?:(?:can|could) (?:i|we)|(?:i|we) (?:can|could)) (?:run|start|execute|launch|try)\b|\bkann (?:ich|man) .*(?:ausf(?:ü|ue)hren|starten|laufen)/i;

/** What speaks for an intent, less what speaks against it. */
export function pointsOf({ evidence }: Intent, features: ReadonlySet<Feature>): number {
  return evidence
    .filter(([, ...needed]) => needed.every((one) => features.has(one)))
    .reduce((sum, [points]) => sum + points, 0);
}

/** Words that say nothing to us speak against all but what searches for them. */
function cost({ tool }: Intent, { others, words, concepts, text }: Parts): number {
  const isPipelines = concepts.has('pipelines') || concepts.has('pipeline');
  if (tool === 'mlops_list_pipelines' && isPipelines) return 0;
  if (tool === 'mlops_read_task_log' && (concepts.has('search') || looksFor.test(text))) return 0;
  // What begins with a word that we do not know orders something that we do not do.
  const begins = words[0] !== undefined && others.includes(words[0]) ? 2 : 0;
  return others.length * 1.5 + begins + (others.some((word) => isObject(word, words)) ? 4 : 0);
}

/** "Runs of sales": a word that we do not know says what it is about. */
function isObject(word: Word, words: readonly Word[]): boolean {
  const [before, article] = words.slice(0, words.indexOf(word)).toReversed();
  return (
    belongs.test(before?.text ?? '') ||
    (/^(?:the|my|den|die|das|der)$/.test(before?.text ?? '') && belongs.test(article?.text ?? ''))
  );
}

const belongs = /^(?:of|from|von|vom)$/;
