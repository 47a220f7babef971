import * as z from 'zod';
import type { Parameter, Pipeline, Remark, TaskNode } from '../domain/pipeline.ts';
import { findPipeline } from '../pipelines/findPipeline.ts';
import { code, nameText, phrase, plain, shorten } from '../text/markdown.ts';
import { value } from '../text/values.ts';
import { pipelineField } from './fields.ts';
import { defineTool } from './tool.ts';

export const describePipeline = defineTool({
  name: 'mlops_describe_pipeline',
  title: 'Describe a pipeline',
  userDescription: "Shows a pipeline's parameters with their defaults, and its tasks.",
  modelDescription:
    'Describes one ML pipeline: typed parameters with defaults and which are required, tasks in order, packages, and why it cannot run here if so. Use it before running a pipeline whose parameters you do not know. Not for results (mlops_describe_run).',
  effect: 'read',
  input: z.strictObject({ pipeline: pipelineField }),
  progress: ({ pipeline }) => `Reading the pipeline ${nameText(pipeline)}`,
  run: async ({ pipeline }, { backend }, signal) =>
    backend.getPipeline((await findPipeline(backend, pipeline, signal)).id, signal),
  render: renderPipeline,
  mentions: (pipeline) => [
    { kind: 'pipeline', id: pipeline.id, name: pipeline.name, source: pipeline.source },
  ],
});

function renderPipeline(pipeline: Pipeline): string {
  const from = pipeline.source.label === undefined ? '' : ` from ${code(pipeline.source.label)}`;
  return [
    `**${nameText(pipeline.displayName ?? pipeline.name)}** (${code(pipeline.name)}${from})`,
    plain(shorten(pipeline.description ?? '', 1000)),
    brokenText(pipeline),
    parametersList(pipeline.parameters),
    tasksList(pipeline.tasks),
    pipeline.packages.length === 0 ? '' : `Packages: ${pipeline.packages.map(code).join(', ')}`,
    remarks('It cannot run here:', pipeline.blockers),
    remarks('Different here:', pipeline.notes),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

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
    parameter.type,
    parameter.choices === undefined
      ? ''
      : `one of ${parameter.choices.map((choice) => value(parameter.name, choice)).join(', ')}`,
    parameter.required ? '**required**' : `default ${value(parameter.name, parameter.default)}`,
  ];
  const { description } = parameter;
  const about = description === undefined ? '' : `: ${phrase(description, 200)}`;
  return `- ${code(parameter.name)} (${facts.filter(Boolean).join(', ')})${about}`;
}

function tasksList(tasks: readonly TaskNode[], depth = 0): string {
  const lines = tasks.slice(0, 60).flatMap((task) => {
    const after = task.after.length === 0 ? '' : ` after ${task.after.map(code).join(', ')}`;
    const kind = task.kind === 'task' ? '' : ` (${task.kind})`;
    const own = `${'  '.repeat(depth)}- ${code(task.name)}${kind}${after}`;
    return task.children.length === 0 ? [own] : [own, tasksList(task.children, depth + 1)];
  });
  if (tasks.length > 60) lines.push(`${'  '.repeat(depth)}- ${tasks.length - 60} more`);
  return depth === 0 ? `Tasks:\n${lines.join('\n')}` : lines.join('\n');
}

const longestRemark = 500;

/** A titled list of remarks, each with its way out; empty when there are none. */
export function remarks(title: string, list: readonly Remark[]): string {
  if (list.length === 0) return '';
  const lines = list.map(
    ({ message, hint }) =>
      `- ${phrase(message, longestRemark)}${hint === undefined ? '' : ` ${phrase(hint, longestRemark)}`}`,
  );
  return `${title}\n${lines.join('\n')}`;
}
