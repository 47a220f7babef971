import type { Focus } from '../../domain/focus.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Understood } from './grammar.ts';
import { type Known, type KnownPipeline, pipelineCalled } from './known.ts';
import type { Named } from './findNamed.ts';
import type { Parts } from './sentenceParts.ts';
import type { Order } from './verbs.ts';
import { readValues, type Values } from './readValues.ts';
import type { Word } from './readWords.ts';
import { howToRun } from './howToRun.ts';
import { runMeant } from './runMeant.ts';

const tool = 'mlops_run_pipeline';

const onceMore = /^(?:again|anew|same|nochmal|nochmals|erneut|wieder|neu)$/;
const same = /^(?:same|thing|the|dasselbe|gleiche|das|run|lauf|one)$/;

/** What may stand in an order beside names and values. */
const around =
  /^(?:the|a|an|my|new|another|one|run|experiment|job|training|pipeline|workflow|of|for|it|this|that|last|latest|newest|now|den|die|das|der|eine|einen|ein|neue|neuen|neues|lauf|experiment|letzten|es|ihn|von|fuer|mal|please)$/;

/** A new run, or one that repeats another. */
export function orderRun(order: Order, known: Known, focus: Focus): Understood | undefined {
  const { how, rest } = howToRun(order.rest);
  const isAgain = order.verb === 'again' || rest.some(({ text }) => onceMore.test(text));
  const left = rest.filter(({ text }) => !onceMore.test(text));
  const [one, ...others] = order.parts.named.filter(isRunnable);
  if (others.length > 0 || one?.how === 'near') return undefined;
  if (one === undefined)
    return isAgain
      ? repeated(runMeant(order.parts, known, focus), left, how, known)
      : unnamed(left, how, known, focus);
  // Of a pipeline called "train", "train with 5 epochs" is an order, "train" alone is none.
  const [first] = order.parts.words.slice(one.from);
  if (first !== undefined && !order.rest.includes(first) && left.length < 2) return undefined;
  const name = order.parts.words.slice(one.from, one.to);
  const words = left.filter((word) => !name.includes(word));
  if (one.kind === 'run') return repeated(one.name, words, how, known);
  const subject = isAgain ? { like: one.name } : { pipeline: one.name };
  return withValues(subject, pipelineCalled(known, one.name), words, how);
}

const isRunnable = (named: Named): named is Named & { readonly kind: 'run' | 'pipeline' } =>
  named.kind === 'run' || named.kind === 'pipeline';

/** "again, but with C 5", "the same with kernel poly": the run in focus once more. */
export function sayAgain({ words }: Parts, known: Known, focus: Focus): Understood | undefined {
  const { how, rest } = howToRun(words);
  const [first] = rest.filter(({ text }) => text !== 'the' && text !== 'das');
  const says = first !== undefined && (onceMore.test(first.text) || saysSame.test(first.text));
  if (!says || focus.run === undefined) return undefined;
  const left = rest.filter(({ text }) => !onceMore.test(text));
  const from = left.findIndex(({ text }) => !same.test(text));
  return repeated(focus.run, from < 0 ? [] : left.slice(from), how, known);
}

const saysSame = /^(?:same|dasselbe|gleiche)$/;

function repeated(
  run: string,
  words: readonly Word[],
  how: JsonObject,
  known: Known,
): Understood | undefined {
  const name =
    run === 'last' ? known.runs[0]?.pipeline.name : known.runs.find(({ id }) => id === run)?.pipeline.name;
  const pipeline = name === undefined ? undefined : pipelineCalled(known, name);
  return withValues({ like: run }, pipeline, words, how);
}

/** A run of the pipeline in focus; or of the only one that takes the values. */
function unnamed(
  words: readonly Word[],
  how: JsonObject,
  known: Known,
  focus: Focus,
): Understood | undefined {
  const inFocus = focus.pipeline === undefined ? undefined : pipelineCalled(known, focus.pipeline);
  const ofFocus = inFocus && withValues({ pipeline: inFocus.name }, inFocus, words, how);
  if (ofFocus !== undefined) return isMeant(words) ? ofFocus : undefined;
  const fits = known.pipelines.flatMap((one) => {
    const call = withValues({ pipeline: one.name }, one, words, how);
    return call === undefined || call.input['parameters'] === undefined ? [] : [call];
  });
  const [only, ...others] = fits;
  return others.length === 0 ? only : undefined;
}

/** Nobody means what is in focus by "run" alone. */
const isMeant = (words: readonly Word[]) => words.length > 0;

function withValues(
  subject: JsonObject,
  pipeline: KnownPipeline | undefined,
  words: readonly Word[],
  how: JsonObject,
): Understood | undefined {
  const values = valuesIn(words, pipeline);
  if (values === undefined) return undefined;
  const parameters = Object.keys(values).length === 0 ? {} : { parameters: values };
  return { tool, input: { ...subject, ...parameters, ...how } };
}

/** The values among the words, of which no other may be left than what belongs to an order. */
function valuesIn(words: readonly Word[], pipeline: KnownPipeline | undefined): Values | undefined {
  const from = words.findIndex(({ text }) => !around.test(text));
  if (from < 0) return {};
  const { parameters } = pipeline ?? {};
  if (parameters === undefined) return undefined;
  // "A" may be a parameter, and "a" an article: what belongs to an order is left out only around values.
  return (
    readValues(trimmed(words, from), parameters) ??
    readValues(
      words.filter(({ text }) => !around.test(text)),
      parameters,
    )
  );
}

function trimmed(words: readonly Word[], from: number): readonly Word[] {
  const to = words.findLastIndex(({ text }) => !/^(?:run|it|lauf|pipeline|experiment)$/.test(text));
  return words.slice(from, to + 1);
}
