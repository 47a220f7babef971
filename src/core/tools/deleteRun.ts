import * as z from 'zod';
import { onPlace } from '../domain/question.ts';
import { deleteQuestion } from '../runs/deleteQuestion.ts';
import { resolveRun } from '../runs/findRun.ts';
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
    const { label } = await backend.getRun(id, signal);
    const question = onPlace(await deleteQuestion(backend, id, signal), deps.place);
    if (!(await deps.ask(question))) return { label, deleted: false };
    await backend.deleteRun(id, signal);
    return { label, deleted: true };
  },
  render: ({ label, deleted }) =>
    deleted
      ? `${code(label)} was deleted. Its artifacts stay in storage.`
      : `${code(label)} was not deleted: the person said no.`,
  mentions: () => [],
  did: ({ label, deleted }) => (deleted ? `Deleted ${code(label)}` : undefined),
  examples: [{ say: 'delete iris-12', means: { run: 'iris-12' }, does: 'asks twice; its artifacts stay' }],
  sentences: [
    {
      pattern: /^(?:delete|remove) (?<what>.+)$/i,
      means: ({ what }, focus) => ({ run: runIn(what, focus) }),
    },
  ],
});
