import * as z from 'zod';
import { onPlace } from '../domain/question.ts';
import type { Run, RunId } from '../domain/run.ts';
import { isCancelled, MlopsError, toMlopsError } from '../ports/mlopsError.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import { deleteRunsQuestion } from '../runs/deleteQuestion.ts';
import { madeObjects } from '../runs/madeObjects.ts';
import { resolveRun } from '../runs/findRun.ts';
import { runIn } from '../sentences/words.ts';
import { commonFolder } from '../storage/commonFolder.ts';
import { code, count, nameText, phrase } from '../text/markdown.ts';
import { afterColon } from '../text/sentences.ts';
import { runField } from './fields.ts';
import { defineTool } from './tool.ts';

const mostRuns = 20;

const input = z.strictObject({
  run: runField.optional(),
  runs: z.array(runField).min(1).max(mostRuns).optional().describe('Several, with one question.'),
});
type Input = z.infer<typeof input>;

export const deleteRunsTool = defineTool({
  name: 'mlops_delete_runs',
  title: 'Delete runs',
  userDescription: 'Deletes runs that have ended, after asking twice. Their artifacts stay.',
  modelDescription:
    'Deletes the records and logs of ended runs for good, after the person has confirmed; artifacts stay. Only when the person asked for it; name all of them in one call.',
  effect: 'destroy',
  input,
  progress: ({ run, runs }) => {
    const all = [...(run === undefined ? [] : [run]), ...(runs ?? [])];
    return all.length === 1 ? `Deleting ${nameText(all[0] ?? '')}` : `Deleting ${count(all.length, 'run')}`;
  },
  confirm: async (request, deps, signal) => {
    const backend = await deps.backend();
    const ids = await runsOf(backend, request, signal);
    const [first, ...others] = ids;
    return {
      input: others.length === 0 ? { run: first ?? '' } : { runs: ids },
      question: onPlace(await deleteRunsQuestion(backend, ids, signal), deps.place),
    };
  },
  run: async (request, deps, signal) => {
    const backend = await deps.backend();
    const ids = await runsOf(backend, request, signal);
    const runs = await Promise.all(ids.map((id) => backend.getRun(id, signal)));
    const question = onPlace(await deleteRunsQuestion(backend, ids, signal), deps.place);
    if (!(await deps.ask(question))) return { agreed: false, runs } as const;
    return { agreed: true, ...(await deleteAll(backend, runs, signal)) } as const;
  },
  render: (outcome) => {
    if (outcome.agreed)
      return [deletedText(outcome.deleted), ...outcome.kept.map(keptText)].filter(Boolean).join('\n\n');
    const { runs } = outcome;
    return `${runs.map(labelOf).join(', ')} ${runs.length === 1 ? 'was' : 'were'} not deleted: the person said no.`;
  },
  mentions: (outcome) =>
    outcome.agreed ? outcome.deleted.map(({ id }) => ({ kind: 'deleted', run: id }) as const) : [],
  did: (outcome) =>
    outcome.agreed && outcome.deleted.length > 0
      ? `Deleted ${outcome.deleted.map(labelOf).join(', ')}`
      : undefined,
  examples: [{ say: 'delete iris-12', means: { run: 'iris-12' }, does: 'asks twice; its artifacts stay' }],
  sentences: [
    {
      open: true,
      pattern: /^(?:delete|remove) (?!.*\b(?:schedule|recurring run)\b)(?<what>.+)$/i,
      means: ({ what }, focus) => ({ run: runIn(what, focus) }),
    },
  ],
});

/** The runs that are named, each once. Throws MlopsError invalid where none is. */
async function runsOf(
  backend: PipelineBackend,
  { run, runs = [] }: Input,
  signal: AbortSignal,
): Promise<readonly RunId[]> {
  const texts = [...(run === undefined ? [] : [run]), ...runs];
  if (texts.length === 0)
    throw new MlopsError('invalid', 'No run was named.', { hint: 'Name one (run) or several (runs).' });
  const ids = await Promise.all(texts.map((text) => resolveRun(backend, text, signal)));
  return [...new Set(ids)];
}

interface Kept {
  readonly run: Run;
  readonly error: MlopsError;
}

/** Deletes one after the other; one that cannot be deleted keeps no other. */
async function deleteAll(
  backend: PipelineBackend,
  runs: readonly Run[],
  signal: AbortSignal,
): Promise<{ readonly deleted: readonly Run[]; readonly kept: readonly Kept[] }> {
  const deleted: Run[] = [];
  const kept: Kept[] = [];
  for (const run of runs) {
    try {
      await backend.deleteRun(run.id, signal);
      deleted.push(run);
    } catch (error) {
      // Whoever cancels after a part is told what is gone.
      if (isCancelled(error) && deleted.length === 0) throw error;
      kept.push({ run, error: toMlopsError(error) });
    }
  }
  const [first] = kept;
  if (deleted.length === 0 && runs.length === 1 && first !== undefined) throw first.error;
  return { deleted, kept };
}

const labelOf = ({ label }: Run) => code(label);

function deletedText(runs: readonly Run[]): string {
  if (runs.length === 0) return '';
  const one = runs.length === 1;
  const objects = runs.flatMap(madeObjects);
  const verb = objects.length === 1 ? 'stays' : 'stay';
  const artifacts =
    objects.length === 0
      ? ''
      : ` ${one ? 'Its' : 'Their'} ${count(objects.length, 'artifact')} ${verb} in ${code(commonFolder(objects))}.`;
  return `${runs.map(labelOf).join(', ')} ${one ? 'was' : 'were'} deleted.${artifacts}`;
}

function keptText({ run, error }: Kept): string {
  return `${labelOf(run)} was not deleted: ${phrase(afterColon(error.message), 500)}`;
}
