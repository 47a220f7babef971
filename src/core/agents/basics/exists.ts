import type { Focus } from '../../domain/focus.ts';
import { isJsonObject, type Json } from '../../domain/json.ts';
import { own } from '../../domain/own.ts';
import { checkParameters } from '../../pipelines/checkParameters.ts';
import { splitVersion } from '../../sentences/version.ts';
import type { Understood } from './grammar.ts';
import { isWord } from './lexicon.ts';
import { type Known, folded, pipelineCalled, runCalled, simple } from './known.ts';

/**
 * Whether all that a call names exists. What only looks may name a run by what looks like an id: its answer says what there is
 * instead.
 */
export function namesWhatExists(
  { input }: Understood,
  known: Known,
  focus: Focus,
  isWrite: boolean,
): boolean {
  const isRun = (name: string) =>
    isKnownRun(name, known, focus) || (!(isWrite && known.allRuns) && /^#?(?:\S+-)?\d+$/.test(name));
  const checks: { readonly [field: string]: (name: string) => boolean } = {
    pipeline: (name) =>
      [name, splitVersion(name)?.pipeline ?? name].some(
        (one) => one === focus.pipeline || pipelineCalled(known, one) !== undefined,
      ),
    versions: (name) => name === focus.pipeline || pipelineCalled(known, name) !== undefined,
    run: (name) => isRun(name) || (!isWrite && isNameOfRuns(name, known, focus)),
    like: (name) => isRun(name) || isNameOfRuns(name, known, focus),
    with: (name) => isRun(name) || isNameOfRuns(name, known, focus),
    task: (name) => isTask(name, known),
    bucket: (name) =>
      known.buckets.length === 0 ||
      known.buckets.includes(name) ||
      focus.bucket?.startsWith(`${name}/`) === true,
  };
  return (
    Object.entries(checks).every(([field, check]) => {
      const name = own(input, field);
      return typeof name !== 'string' || check(name);
    }) && takesValues(input, known)
  );
}

function isKnownRun(name: string, known: Known, focus: Focus): boolean {
  const meant = ['last', 'last failed', 'last good', focus.run, focus.against];
  return meant.includes(name) || runCalled(known, name) !== undefined;
}

/** A run may go by its own name, or by that of its pipeline. */
function isNameOfRuns(name: string, known: Known, focus: Focus): boolean {
  return (
    name === focus.pipeline ||
    pipelineCalled(known, name) !== undefined ||
    known.runs.some((run) => folded(run.name) === folded(name))
  );
}

/** Whether some pipeline that was read has the task; true where none was. */
function isTask(name: string, { pipelines }: Known): boolean {
  const read = pipelines.filter(({ tasks }) => tasks !== undefined);
  const has = (tasks: (typeof read)[number]['tasks']): boolean =>
    (tasks ?? []).some((task) => folded(task.name) === folded(name) || has(task.children));
  return (
    read.length === 0 || name.includes('/') || name === 'preparation' || read.some(({ tasks }) => has(tasks))
  );
}

/** Whether the pipeline that would run takes the values that are set. */
function takesValues(input: { readonly [name: string]: Json }, known: Known): boolean {
  const [set, name] = [own(input, 'parameters'), own(input, 'pipeline') ?? own(input, 'like')];
  if (!isJsonObject(set) || typeof name !== 'string') return true;
  const ran =
    runCalled(known, name)?.pipeline.name ?? (name === 'last' ? known.runs[0]?.pipeline.name : name);
  const { parameters } = pipelineCalled(known, ran ?? name) ?? {};
  if (parameters === undefined) return true;
  return checkParameters(
    parameters.map((one) => ({ ...one, required: false })),
    set,
  ).ok;
}

/** The call with the pipeline's name as it is written, where it was said in another way and no other has it. */
export function asItIsCalled(call: Understood, known: Known): Understood {
  const said = own(call.input, 'pipeline');
  if (typeof said !== 'string') return call;
  const [only, ...others] = known.pipelines.filter(({ name, displayName = name }) =>
    [name, displayName].some((one) => simple(one) === simple(said)),
  );
  return only === undefined || others.length > 0
    ? call
    : { ...call, input: { ...call.input, pipeline: only.name } };
}

/** Whether all values are said as such: what has other words of ours in it, and no quotes, is more than a value. */
export function areSaidAsValues({ input }: Understood, sentence: string): boolean {
  const set = own(input, 'parameters');
  return Object.values(isJsonObject(set) ? set : {}).every(
    (value) =>
      typeof value !== 'string' ||
      /["'`[{]/.test(sentence) ||
      !value.includes(' ') ||
      !value.split(/\s+/).some((word) => isWord(folded(word))),
  );
}
