import * as z from 'zod';
import { onPlace } from '../domain/question.ts';
import type { Run } from '../domain/run.ts';
import { deleteQuestion } from '../runs/deleteQuestion.ts';
import { resolveRun } from '../runs/findRun.ts';
import { madeObjects } from '../runs/madeObjects.ts';
import { runIn } from '../sentences/words.ts';
import { code, nameText } from '../text/markdown.ts';
import { runField } from './fields.ts';
import { defineTool } from './tool.ts';

export const deleteRunTool = defineTool({
  name: 'mlops_delete_run',
  title: 'Delete a run',
  userDescription: 'Deletes a run that has ended, after asking twice. Its artifacts stay.',
  modelDescription:
    'Deletes one run that has ended: its record and logs, for good. Artifacts stay in storage. The person is asked first. Use it only when the person asked to delete that run; name one run for each call.',
  effect: 'destroy',
  input: z.strictObject({ run: runField }),
  progress: ({ run }) => `Deleting ${nameText(run)}`,
  confirm: async (request, deps, signal) => {
    const backend = await deps.backend();
    const run = await resolveRun(backend, request.run, signal);
    return { input: { run }, question: onPlace(await deleteQuestion(backend, run, signal), deps.place) };
  },
  run: async (request, deps, signal) => {
    const backend = await deps.backend();
    const id = await resolveRun(backend, request.run, signal);
    const run = await backend.getRun(id, signal);
    const question = onPlace(await deleteQuestion(backend, id, signal), deps.place);
    if (!(await deps.ask(question))) return { run, deleted: false };
    await backend.deleteRun(id, signal);
    return { run, deleted: true };
  },
  render: ({ run, deleted }) =>
    deleted ? deletedText(run) : `${code(run.label)} was not deleted: the person said no.`,
  mentions: ({ run, deleted }) => (deleted ? [{ kind: 'deleted', run: run.id }] : []),
  examples: [{ say: 'delete iris-12', means: { run: 'iris-12' }, does: 'asks twice; its artifacts stay' }],
  sentences: [
    {
      pattern: /^(?:delete|remove) (?<what>.+)$/i,
      means: ({ what }, focus) => ({ run: runIn(what, focus) }),
    },
  ],
});

/** What became of a run, and of its artifacts where it has any. */
function deletedText(run: Run): string {
  const rest = madeObjects(run).length === 0 ? '' : ' Its artifacts stay in storage.';
  return `${code(run.label)} was deleted.${rest}`;
}
