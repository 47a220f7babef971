// What the rows say of themselves holds: MLOps Basics understands each example as its row does, and the help has them all.
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

  it.each(tool.examples)('takes what "$say" means', ({ means }) => {
    expect(tool.input.safeParse(means).error).toBeUndefined();
  });

  it('is in the help, with an example at least', () => {
    const shown = tool.examples.filter(({ does }) => does !== undefined);
    expect(shown).not.toEqual([]);
    for (const { say, does } of shown) {
      expect(basicsHelp(tools)).toContain(`- \`${say}\`: ${does}`);
      expect(help(tools, agents, { about: '' })).toContain(`\`${say}\``);
    }
  });

  it('speaks of tools that there are', () => {
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
  ])('/%s %s is a sentence', (name, rest, tool, input) => {
    const command = slashCommandsOf(tools).find((one) => one.name === name);
    expect(understand(command?.sentence(rest) ?? '', {})).toEqual({ tool: `mlops_${tool}`, input });
  });

  it('have names of their own, help among them', () => {
    const names = slashCommandsOf(tools).map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
    expect(names.at(-1)).toBe('help');
  });
});
