import * as z from 'zod';
import { onPlace } from '../domain/question.ts';
import { isActive, type Run, type RunId } from '../domain/run.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import { changeRunsQuestion, type RunChange } from '../runs/changeRunsQuestion.ts';
import { resolveRun } from '../runs/findRun.ts';
import { runIn } from '../sentences/words.ts';
import { asName } from '../text/literal.ts';
import { code, count, nameText } from '../text/markdown.ts';
import { runField } from './fields.ts';
import { mentionsOfRun } from './runResult.ts';
import { defineTool } from './tool.ts';

const actions = ['retry', 'archive', 'unarchive'] as const satisfies readonly RunChange[];
type Action = RunChange;

const input = z.strictObject({
  action: z.enum(actions).describe('What is done with them.'),
  run: runField.optional(),
  runs: z.array(runField).min(1).max(20).optional().describe('Several.'),
});
type Input = z.infer<typeof input>;

const words: { readonly [action in Action]: { readonly doing: string; readonly done: string } } = {
  retry: { doing: 'Retrying', done: 'Retried' },
  archive: { doing: 'Archiving', done: 'Archived' },
  unarchive: { doing: 'Unarchiving', done: 'Unarchived' },
};

export const changeRunsTool = defineTool({
  name: 'mlops_change_runs',
  title: 'Retry or archive runs',
  userDescription: 'Lets failed runs go on, and archives runs or brings them back, after asking.',
  modelDescription:
    'On a Kubeflow server, after the person has confirmed: `retry` runs the unfinished tasks of a failed run again, in the same run; `archive` takes runs out of the lists, `unarchive` brings them back. For a new run with the same values: mlops_run_pipeline.',
  kept: true,
  effect: 'write',
  input,
  progress: (request) => {
    const texts = textsOf(request);
    const what = texts.length === 1 ? nameText(texts[0] ?? '') : count(texts.length, 'run');
    return `${words[request.action].doing} ${what}`;
  },
  confirm: async (request, deps, signal) => {
    const backend = await deps.backend();
    const { action } = request;
    const runs = await runsOf(backend, request, signal);
    for (const run of runs) checkFit(backend, action, run);
    return {
      input: { action, runs: runs.map(({ id }) => id) },
      question: onPlace(changeRunsQuestion(action, runs), deps.place),
    };
  },
  run: async (request, deps, signal) => {
    const backend = await deps.backend();
    const { action } = request;
    const runs = await runsOf(backend, request, signal);
    for (const run of runs) checkFit(backend, action, run);
    const changed: Run[] = [];
    for (const { id } of runs) {
      await change(backend, action, id, signal);
      changed.push(await backend.getRun(id, signal));
    }
    return { action, runs: changed };
  },
  render: ({ action, runs }) => {
    const names = runs.map(({ label }) => code(label)).join(', ');
    const one = runs.length === 1;
    if (action === 'retry') return `**${names} ${one ? 'goes' : 'go'} on**: what did not succeed runs again.`;
    return action === 'archive'
      ? `${names} ${one ? 'was' : 'were'} archived: lists leave ${one ? 'it' : 'them'} out.`
      : `${names} ${one ? 'is' : 'are'} in the lists again.`;
  },
  mentions: ({ runs }) => runs.flatMap((run) => mentionsOfRun(run)),
  did: ({ action, runs }) => `${words[action].done} ${runs.map(({ label }) => code(label)).join(', ')}`,
  examples: [
    {
      say: 'archive iris-12',
      means: { action: 'archive', run: 'iris-12' },
      does: 'takes it out of the lists',
    },
    { say: 'unarchive iris-12', means: { action: 'unarchive', run: 'iris-12' }, does: 'brings it back' },
    {
      say: 'retry iris-12 in place',
      means: { action: 'retry', run: 'iris-12' },
      does: 'lets a failed run go on',
    },
  ],
  sentences: [
    {
      pattern: /^(?:retry|resume|continue) (?<what>.+?) (?:in place|in the same run)$/i,
      means: ({ what }, focus) => ({ action: 'retry' as const, run: runIn(what, focus) }),
    },
    {
      pattern: /^(?<verb>archive|unarchive|restore|bring back) (?<what>.+)$/i,
      means: ({ verb = '', what = '' }, focus) =>
        /^(?:the )?experiment\b/i.test(what)
          ? undefined
          : { action: spoken(verb.toLowerCase()), run: runIn(what, focus) },
    },
  ],
});

const spoken = (verb: string): Action => (verb === 'archive' ? 'archive' : 'unarchive');

const textsOf = ({ run, runs = [] }: Input) => [...(run === undefined ? [] : [run]), ...runs];

async function runsOf(
  backend: PipelineBackend,
  request: Input,
  signal: AbortSignal,
): Promise<readonly Run[]> {
  const texts = textsOf(request);
  if (texts.length === 0)
    throw new MlopsError('invalid', 'No run was named.', { hint: 'Name one (run) or several (runs).' });
  const ids = await Promise.all(texts.map((text) => resolveRun(backend, text, signal)));
  return Promise.all([...new Set(ids)].map((id) => backend.getRun(id, signal)));
}

/** Throws MlopsError where it cannot be done to a run, so that nobody is asked about it. */
function checkFit(backend: PipelineBackend, action: Action, run: Run): void {
  const { connection } = backend;
  if (backend[action === 'retry' ? 'retryRun' : 'archiveRun'] === undefined)
    throw new MlopsError(
      'unsupported',
      action === 'retry'
        ? `A run cannot go on on ${asName(connection.name)}.`
        : `Runs are not archived on ${asName(connection.name)}.`,
      {
        hint:
          action === 'retry'
            ? 'Run it again: finished tasks come from the cache.'
            : 'Delete those that are not needed.',
      },
    );
  if (action !== 'retry' || run.state === 'failed' || run.state === 'stopped') return;
  throw new MlopsError('conflict', `${asName(run.label)} cannot be retried: it is ${run.state}.`, {
    hint: isActive(run.state) ? 'Wait for its end.' : 'Run it again instead.',
  });
}

async function change(
  backend: PipelineBackend,
  action: Action,
  id: RunId,
  signal: AbortSignal,
): Promise<void> {
  if (action === 'retry') await backend.retryRun?.(id, signal);
  else await backend.archiveRun?.(id, action === 'archive', signal);
}
