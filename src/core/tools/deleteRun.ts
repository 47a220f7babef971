import * as z from 'zod';
import { deleteQuestion } from '../runs/deleteQuestion.ts';
import { resolveRun } from '../runs/findRun.ts';
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
  confirm: async (request, { backend }, signal) => {
    const run = await resolveRun(backend, request.run, signal);
    return { input: { run }, question: await deleteQuestion(backend, run, signal) };
  },
  run: async (request, deps, signal) => {
    const id = await resolveRun(deps.backend, request.run, signal);
    if (!(await deps.ask(await deleteQuestion(deps.backend, id, signal)))) return { id, deleted: false };
    await deps.backend.deleteRun(id, signal);
    return { id, deleted: true };
  },
  render: ({ id, deleted }) =>
    deleted
      ? `${code(id)} was deleted. Its artifacts stay in storage.`
      : `${code(id)} was not deleted: the person said no.`,
  mentions: () => [],
});
