import type { Focus } from '../../domain/focus.ts';
import { isActive } from '../../domain/run.ts';
import type { Understood } from './grammar.ts';
import { type Known, runsOf } from './known.ts';
import { orderRun, sayAgain } from './orderRun.ts';
import { runMeant } from './runMeant.ts';
import { namesIn, type Parts } from './sentenceParts.ts';
import type { Word } from './readWords.ts';
import { type Order, orderIn } from './verbs.ts';

/**
 * The call that changes what a sentence orders. Every one of its words has to have its place in the order: a verb in front, something
 * that exists or is in focus, values that its parameters take. So questions, negations and idioms are none.
 */
export function readOrder(parts: Parts, known: Known, focus: Focus): Understood | undefined {
  const order = orderIn(parts);
  if (order === undefined) return sayAgain(parts, known, focus);
  switch (order.verb) {
    case 'again':
      return retried(order, known, focus) ?? orderRun(order, known, focus);
    case 'run':
      return orderRun(order, known, focus);
    case 'stop':
      return aboutRun(order, 'mlops_stop_run', known, focus);
    case 'delete':
      return aboutRun(order, 'mlops_delete_runs', known, focus);
    case 'install':
      return isCompiler(order.rest) ? { tool: 'mlops_install_compiler', input: {} } : undefined;
  }
}

/** "Retry iris-12" lets a run go on that failed, where runs can. */
function retried(order: Order, known: Known, focus: Focus): Understood | undefined {
  const isRetry = /^(?:retry|wiederhole|wiederholen)$/.test(order.parts.words[0]?.text ?? '');
  const call = isRetry && known.keeps === true && aboutRun(order, 'mlops_change_runs', known, focus);
  if (!call) return undefined;
  const { run } = call.input;
  const isMeant = (one: Known['runs'][number]) =>
    [one.id, one.label].some((name) => name === run) || (run === 'last failed' && one.state === 'failed');
  const state = run === 'last' ? known.runs[0]?.state : known.runs.find(isMeant)?.state;
  const canGoOn = state === 'failed' || state === 'stopped';
  return canGoOn ? { ...call, input: { action: 'retry', ...call.input } } : undefined;
}

/** "The pipeline compiler", "kfp". */
const isCompiler = (words: readonly Word[]) =>
  words.some(({ text }) => /^(?:compiler|sdk|kfp)$/.test(text)) &&
  words.every(({ text }) => /^(?:the|den|das|pipelines?|kubeflow|compiler|sdk|kfp)$/.test(text));

const aroundRun =
  /^(?:the|my|this|that|it|run|runs?|one|job|experiment|training|last|latest|newest|running|active|current|failed|good|successful|of|von|den|die|das|der|ihn|es|diesen|dieses|lauf|letzten|laufenden|fehlgeschlagenen|now|away|weg)$/;

type AboutRun = 'mlops_stop_run' | 'mlops_delete_runs' | 'mlops_change_runs';

/** Stops, deletes or retries one run: it is named, or meant by "it" or "the last run". */
function aboutRun(
  { rest, parts }: Order,
  tool: AboutRun,
  known: Known,
  focus: Focus,
): Understood | undefined {
  const named = parts.named.filter(({ kind }) => kind === 'run' || kind === 'pipeline');
  if (named.length > 1 || named.some((one) => 'how' in one && one.how === 'near')) return undefined;
  const isPartOfName = (word: Word) =>
    named.some(({ from, to }) => parts.words.slice(from, to).includes(word));
  if (!rest.every((word) => isPartOfName(word) || aroundRun.test(word.text))) return undefined;
  const run = wantedRun(parts, tool, known, focus);
  return run === undefined ? undefined : { tool, input: { run } };
}

function wantedRun(parts: Parts, tool: AboutRun, known: Known, focus: Focus): string | undefined {
  const { concepts } = parts;
  const [run] = namesIn(parts, 'run');
  if (run !== undefined) return run;
  const [pipeline] = namesIn(parts, 'pipeline');
  const isDeleted = tool !== 'mlops_stop_run';
  if (pipeline === undefined) {
    const isMeant = ['it', 'last', 'run', 'active'].some((one) => concepts.has(one as 'it'));
    if (!isMeant || concepts.has('runs')) return undefined;
    const isSaid = concepts.has('last') || concepts.has('failed') || focus.run !== undefined;
    if (isSaid && !concepts.has('active')) return runMeant(parts, known, focus);
    // Nobody stops what has ended, where nothing was spoken of.
    return isDeleted ? undefined : onlyActive(known, undefined);
  }
  // "Delete iris" may mean the pipeline.
  if (isDeleted) return concepts.has('last') ? runMeant(parts, known, focus) : undefined;
  return onlyActive(known, pipeline);
}

function onlyActive(known: Known, pipeline: string | undefined): string | undefined {
  const [run, ...others] = runsOf(known, pipeline).filter(({ state }) => isActive(state));
  return others.length === 0 ? run?.id : undefined;
}
