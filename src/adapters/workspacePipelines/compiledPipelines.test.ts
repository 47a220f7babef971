import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Parameter, TaskNode } from '../../core/domain/pipeline.ts';
import { pipelineParameters } from '../../core/pipelineSpec/parameters.ts';
import { taskGraph } from '../../core/pipelineSpec/taskGraph.ts';
import { readPipelineFile } from './readPipelineFile.ts';

const recordings = new URL('../../../test/recordings/', import.meta.url);
const textOf = (file: string) => readFileSync(new URL(file, recordings), 'utf8');
const yamlIn = (folder: string) =>
  readdirSync(new URL(folder, recordings))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => `${folder}${name}`)
    .toSorted();

/** What is read of a file: its parameters and its graph, or what is wrong and where. */
function readingOf(file: string): string {
  const read = readPipelineFile(textOf(file));
  if (read.kind === 'other') return 'no pipeline';
  if (read.kind === 'problem') return `line ${read.problem.line}: ${read.problem.message}`;
  const { spec } = read.specification;
  return [...pipelineParameters(spec).map(parameterLine), ...taskGraph(spec).flatMap(taskLines)].join('\n');
}

function parameterLine({ name, type, required, default: value, choices }: Parameter): string {
  const end = required ? 'required' : value === undefined ? 'optional' : `= ${JSON.stringify(value)}`;
  const of = choices === undefined ? '' : ` of ${choices.map((choice) => JSON.stringify(choice)).join(', ')}`;
  return `${name}: ${type} ${end}${of}`;
}

function taskLines(task: TaskNode): readonly string[] {
  const called = task.displayName === task.name ? [] : [JSON.stringify(task.displayName)];
  const takes = (task.inputs ?? []).map(
    ({ name, kind, from, output }) => `${name} ${kind === 'artifact' ? '⇐' : '←'} ${from}.${output}`,
  );
  const inputs = task.inputs ?? [];
  const waits = task.after.filter((name) => !inputs.some(({ from }) => from === name));
  const line = [
    `- ${task.name} (${task.kind})`,
    ...called,
    ...(task.condition === undefined ? [] : [`if ${task.condition}`]),
    ...takes,
    ...(waits.length === 0 ? [] : [`after ${waits.join(', ')}`]),
  ].join(' ');
  return [line, ...task.children.flatMap(taskLines).map((inner) => `  ${inner}`)];
}

describe('compiled pipelines', () => {
  // `pipelines.txt` and `kfp.txt` were compared with the sources by hand.
  it.each([
    ['sdk/', 'sdk/pipelines.txt'],
    ['kfp/pipelines/', 'sdk/kfp.txt'],
  ])('of %s give their parameters, their graph, or what is wrong', async (folder, golden) => {
    const files = yamlIn(folder);
    const readings = files.map((file) => `# ${file.slice(folder.length)}\n${readingOf(file)}\n`);
    expect(files.length).toBeGreaterThan(20);
    await expect(readings.join('\n')).toMatchFileSnapshot(new URL(golden, recordings).pathname);
  });
});
