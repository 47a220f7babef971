import * as z from 'zod';
import { onPlace } from '../domain/question.ts';
import type { Experiment } from '../domain/experiment.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import { type ExperimentChange, experimentQuestion } from '../runs/experimentQuestion.ts';
import { experimentsOf, findExperiment } from '../runs/findExperiment.ts';
import { unquote } from '../sentences/words.ts';
import { asName } from '../text/literal.ts';
import { code, nameText } from '../text/markdown.ts';
import { experimentField } from './fields.ts';
import { defineTool, type ToolDeps } from './tool.ts';

const actions = ['create', 'archive', 'unarchive'] as const satisfies readonly ExperimentChange[];

const input = z.strictObject({
  action: z.enum(actions).describe('What is done with it.'),
  experiment: experimentField,
});
type Input = z.infer<typeof input>;

const words = {
  create: { doing: 'Creating', done: 'Created' },
  archive: { doing: 'Archiving', done: 'Archived' },
  unarchive: { doing: 'Unarchiving', done: 'Unarchived' },
} as const;

export const changeExperimentTool = defineTool({
  name: 'mlops_change_experiment',
  title: 'Create or archive an experiment',
  userDescription: 'Creates an experiment on a Kubeflow server, archives it or brings it back, after asking.',
  modelDescription:
    'Creates an experiment on a Kubeflow server, archives one with its runs, or brings it back, after the person has confirmed.',
  effect: 'write',
  input,
  progress: ({ action, experiment }) => `${words[action].doing} the experiment ${nameText(experiment)}`,
  confirm: async (request, deps, signal) => {
    const { action } = request;
    const found = await subjectOf(request, deps, signal);
    return {
      input: { action, experiment: found?.id ?? request.experiment },
      question: onPlace(experimentQuestion(action, found?.name ?? request.experiment), deps.place),
    };
  },
  run: async (request, deps, signal) => {
    const { action } = request;
    const list = experimentsOf(await deps.backend());
    const found = await subjectOf(request, deps, signal);
    if (found === undefined) return { action, experiment: await list.create(request.experiment, signal) };
    await list.archive(found.id, action === 'archive', signal);
    return { action, experiment: found };
  },
  render: ({ action, experiment: { name } }) => {
    if (action === 'create') return `The experiment ${code(name)} was created.`;
    return action === 'archive'
      ? `The experiment ${code(name)} was archived with its runs.`
      : `The experiment ${code(name)} is in the lists again.`;
  },
  mentions: () => [],
  did: ({ action, experiment }) => `${words[action].done} the experiment ${code(experiment.name)}`,
  examples: [
    {
      say: 'create the experiment depth-study',
      means: { action: 'create', experiment: 'depth-study' },
      does: 'on a Kubeflow server; "run iris in the experiment depth-study" runs into it',
    },
  ],
  sentences: [
    {
      pattern:
        /^(?:start|begin|set up|open|lege?|erstelle?) (?:an? |ein(?:e[ns]?)? )?(?:new |neues )?experiment (?:called |named |namens )(?<name>.+?)(?: an)?$/i,
      means: ({ name = '' }) => ({ action: 'create' as const, experiment: unquote(name) }),
    },
    {
      pattern:
        /^(?:(?<archived>put) (?:the )?experiment (?<one>.+) (?:in|into|to) the archive|bring (?:back (?:the )?experiment (?<back>.+)|(?:the )?experiment (?<two>.+?) back))$/i,
      means: ({ archived, one, back, two }) => ({
        action: archived === undefined ? ('unarchive' as const) : ('archive' as const),
        experiment: unquote(one ?? back ?? two ?? ''),
      }),
    },
    {
      pattern:
        /^(?<verb>create|make|add|archive|unarchive|restore) (?:an? |the )?(?:new )?experiment (?:called |named )?(?<name>.+)$/i,
      means: ({ verb = '', name = '' }) => {
        return { action: spoken(verb.toLowerCase()), experiment: unquote(name) };
      },
    },
  ],
});

function spoken(verb: string): Input['action'] {
  if (verb === 'archive') return verb;
  return verb === 'unarchive' || verb === 'restore' ? 'unarchive' : 'create';
}

/** The experiment that is changed; undefined for one that is to be made, whose name is free. */
async function subjectOf(
  { action, experiment }: Input,
  deps: ToolDeps,
  signal: AbortSignal,
): Promise<Experiment | undefined> {
  const backend = await deps.backend();
  if (action !== 'create') return findExperiment(backend, experiment, signal);
  const { items } = await experimentsOf(backend).list({ size: 200, text: experiment }, signal);
  if (items.some(({ name }) => name === experiment))
    throw new MlopsError('conflict', `There is an experiment ${asName(experiment)} already.`);
  return undefined;
}
