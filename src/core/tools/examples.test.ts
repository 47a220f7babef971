// MLOps Basics understands each example of a tool as the tool means it, and the help shows every tool.
import { describe, expect, it } from 'vitest';
import { basicsHelp } from '../agents/basics/help.ts';
import { understand } from '../agents/basics/understand.ts';
import { agents } from '../agents/agents.ts';
import { help } from '../agents/help.ts';
import { slashCommandsOf } from '../agents/slashCommands.ts';
import { tools } from './table.ts';

describe.each(tools)('$name', (tool) => {
  it.each(tool.examples)('is what "$say" means', ({ say, means }) => {
    expect(understand(say, {})).toEqual({ tool: tool.name, input: means });
  });

  it.each(tool.examples)('accepts the input that "$say" means', ({ means }) => {
    expect(tool.input.safeParse(means).error).toBeUndefined();
  });

  it('is in the help with at least one example', () => {
    const shown = tool.examples.filter(({ does }) => does !== undefined);
    expect(shown).not.toEqual([]);
    for (const { say, does } of shown) {
      expect(basicsHelp(tools)).toContain(`- \`${say}\`: ${does}`);
      expect(help(tools, agents, { about: '' })).toContain(`\`${say}\``);
    }
  });

  it('refers only to tools that exist', () => {
    const named = tool.modelDescription.match(/mlops_\w+/g) ?? [];
    expect(named.filter((name) => !tools.some((other) => other.name === name))).toEqual([]);
  });
});

describe('slash commands', () => {
  it.each([
    ['pipelines', '', 'list_pipelines', {}],
    ['pipelines', 'iris', 'describe_pipeline', { pipeline: 'iris' }],
    ['run', 'iris max_depth=3', 'run_pipeline', { pipeline: 'iris', parameters: { max_depth: '3' } }],
    ['runs', '', 'list_runs', {}],
    ['runs', 'iris-12', 'describe_run', { run: 'iris-12' }],
    ['logs', '', 'read_task_log', { run: 'last' }],
    ['logs', 'train of iris-12', 'read_task_log', { run: 'iris-12', task: 'train' }],
    ['artifacts', '', 'list_objects', {}],
    ['artifacts', 'artifacts/iris/', 'list_objects', { bucket: 'artifacts', prefix: 'iris/' }],
  ])('turn /%s %s into a sentence that MLOps Basics understands', (name, rest, tool, input) => {
    const command = slashCommandsOf(tools).find((candidate) => candidate.name === name);
    expect(understand(command?.sentence(rest) ?? '', {})).toEqual({ tool: `mlops_${tool}`, input });
  });

  it('have unique names, with help as the last', () => {
    const names = slashCommandsOf(tools).map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
    expect(names.at(-1)).toBe('help');
  });
});
