import type { Focus } from '../domain/focus.ts';
import type { Groups } from './sentence.ts';
import { isPronoun, isRun, runIn, unquote } from './words.ts';

/** Which task a sentence means, with its run: "train in iris-12"; without a task, what stands alone is a run. */
export function taskIn(
  { task, what }: Groups,
  focus: Focus,
): { readonly run: string; readonly task: string | undefined } {
  const named = unquote(task ?? '');
  if (what === undefined && named !== '' && isRun(named))
    return { run: runIn(named, focus), task: undefined };
  return { run: runIn(what, focus), task: named === '' || isPronoun(named) ? undefined : named };
}
