import { ended } from '../text/sentences.ts';
import * as z from 'zod';
import type { PackageSource, Parameter, Pipeline, Remark, TaskNode } from '../domain/pipeline.ts';
import { typeNames } from '../pipelines/checkParameters.ts';
import { findPipeline } from '../pipelines/findPipeline.ts';
import { inRunningOrder } from '../pipelines/taskOrder.ts';
import { noteGroups } from '../pipelines/noteGroups.ts';
import { describing, meansRun, pipelineIn } from '../sentences/words.ts';
import { code, nameText, phrase, prose, shorten } from '../text/markdown.ts';
import { sourceWords } from '../pipelines/packageSources.ts';
import { value } from '../text/values.ts';
import { pipelineField } from './fields.ts';
import { defineTool } from './tool.ts';

export const describePipelineTool = defineTool({
  name: 'mlops_describe_pipeline',
  title: 'Describe a pipeline',
  userDescription: "Shows a pipeline's parameters with their defaults, and its tasks.",
  modelDescription:
    'Describes one pipeline: parameters with types and defaults, tasks in order, packages, and what prevents a run here. Use it before a run whose parameters you do not know. Results: mlops_describe_run.',
  effect: 'read',
  input: z.strictObject({ pipeline: pipelineField }),
  progress: ({ pipeline }) => `Reading the pipeline ${nameText(pipeline)}`,
  run: async ({ pipeline }, deps, signal) => {
    const backend = await deps.backend();
    return backend.getPipeline((await findPipeline(backend, pipeline, signal)).id, signal);
  },
  render: renderPipeline,
  mentions: (pipeline) => [
    { kind: 'pipeline', id: pipeline.id, name: pipeline.name, source: pipeline.source },
  ],
  examples: [{ say: 'describe iris', means: { pipeline: 'iris' }, does: 'its parameters and tasks' }],
  sentences: [
    {
      open: true,
      pattern: describing,
      means: ({ what = '' }, focus) => {
        const pipeline = meansRun(what, focus) ? undefined : pipelineIn(what, focus);
        return pipeline === undefined ? undefined : { pipeline };
      },
    },
  ],
});

function renderPipeline(pipeline: Pipeline): string {
  const from = pipeline.source.label === undefined ? '' : ` from ${code(pipeline.source.label)}`;
  return [
    `**${nameText(pipeline.displayName ?? pipeline.name)}** (${code(pipeline.name)}${from})`,
    prose(shorten(pipeline.description ?? '', 1000)),
    brokenText(pipeline),
    pipeline.outline === true ? notRun : '',
    parametersList(pipeline.parameters),
    tasksList(pipeline.tasks),
    pipeline.packages.length === 0 ? '' : `Packages: ${pipeline.packages.map(code).join(', ')}`,
    sourcesLine(pipeline.sources),
    remarks('It cannot run here:', pipeline.blockers),
    ...noteGroups(pipeline.notes).map(({ title, notes }) => remarks(`${title}:`, notes)),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

const notRun =
  'The file was not run, so this is what its text says: how its tasks depend on each other, and whether it can run here, is left out.';

function brokenText({ problem }: Pipeline): string {
  if (problem === undefined) return '';
  return `**It cannot be read:** ${problem.line === undefined ? '' : `line ${problem.line}: `}${phrase(problem.message, 1000)}`;
}

function parametersList(parameters: readonly Parameter[]): string {
  if (parameters.length === 0) return 'It takes no parameters.';
  return `Parameters:\n${parameters.map(parameterLine).join('\n')}`;
}

/** "- `max_depth` (integer, default `2`): Deepest level of the tree". A line for each: tables do not fit the narrow chat. */
function parameterLine(parameter: Parameter): string {
  const facts = [
    typeNames[parameter.type],
    parameter.choices === undefined
      ? ''
      : `one of ${parameter.choices.map((choice) => value(parameter.name, choice)).join(', ')}`,
    parameter.required ? '**required**' : `default ${defaultText(parameter)}`,
  ];
  const { description } = parameter;
  const about = description === undefined ? '' : `: ${phrase(description, 200)}`;
  return `- ${code(parameter.name)} (${facts.filter(Boolean).join(', ')})${about}`;
}

/** A default as it is shown; one that only running the file tells is not known. */
export function defaultText({ name, default: fallback, unknownDefault }: Parameter): string {
  return unknownDefault === true ? 'set by its code' : value(name, fallback);
}

function tasksList(tasks: readonly TaskNode[], depth = 0): string {
  const lines = inRunningOrder(tasks)
    .slice(0, 60)
    .flatMap((task) => {
      const after = task.after.length === 0 ? '' : ` after ${task.after.map(code).join(', ')}`;
      const kind = task.kind === 'task' ? '' : ` (${task.kind})`;
      const own = `${'  '.repeat(depth)}- ${code(task.name)}${kind}${after}`;
      return task.children.length === 0 ? [own] : [own, tasksList(task.children, depth + 1)];
    });
  if (tasks.length > 60) lines.push(`${'  '.repeat(depth)}- ${tasks.length - 60} more`);
  if (lines.length === 0) return '';
  return depth === 0 ? `Tasks:\n${lines.join('\n')}` : lines.join('\n');
}

const longestRemark = 500;
/** "Packages come from: the index `https://a.example/simple`."; empty when a pipeline names no place. */
export function sourcesLine(sources: readonly PackageSource[]): string {
  if (sources.length === 0) return '';
  const named = sources.map((source) => `${sourceWords(source)} ${code(source.value)}`);
  return `Packages come from: ${named.join(', ')}.`;
}

/** A titled list of remarks, each with its way out; empty when there are none. */
export function remarks(title: string, list: readonly Remark[]): string {
  if (list.length === 0) return '';
  const lines = list.map(
    ({ message, hint }) =>
      `- ${hint === undefined ? phrase(message, longestRemark) : `${phrase(ended(message), longestRemark)} ${phrase(hint, longestRemark)}`}`,
  );
  return `${title}\n${lines.join('\n')}`;
}
