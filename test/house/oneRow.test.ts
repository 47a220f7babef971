// One row adds a tool everywhere: this one has a file of its own here, and is nowhere else.
import { describe, expect, it } from 'vitest';
import type * as vscode from 'vscode';
import * as z from 'zod';
import { contributionsOf } from '../../scripts/manifest/contributions.mjs';
import { agents } from '../../src/core/agents/agents.ts';
import { answerBasics } from '../../src/core/agents/basics/answerBasics.ts';
import { converse } from '../../src/core/agents/converse.ts';
import { help } from '../../src/core/agents/help.ts';
import { tools } from '../../src/core/tools/table.ts';
import { named } from '../../src/core/domain/question.ts';
import { inputSchema } from '../../src/core/tools/inputSchema.ts';
import { defineTool, type Tool } from '../../src/core/tools/tool.ts';
import type { Services } from '../../src/vscode/services.ts';
import { registerTools } from '../../src/vscode/tools/registerTools.ts';
import { ScriptedModel } from '../fakes/scriptedModel.ts';
import { registeredTools } from '../vscode/shim.ts';

const promoteModel = defineTool({
  name: 'mlops_promote_model',
  title: 'Promote a model',
  userDescription: 'Gives a model a stage, after asking.',
  modelDescription: 'Moves one version of a model to a stage.',
  effect: 'write',
  input: z.strictObject({ model: z.string(), version: z.number().int(), stage: z.string().optional() }),
  progress: ({ model }) => `Promoting ${model}`,
  confirm: async ({ model }) => ({
    question: { title: ['Promote ', named(model), '?'], verb: 'Promote', paragraphs: [] },
  }),
  run: async ({ model }) => model,
  render: (model) => `${model} was promoted.`,
  mentions: () => [],
  examples: [
    {
      say: 'promote version 3 of churn-net to production',
      means: { model: 'churn-net', version: 3, stage: 'production' },
      does: 'asks first',
    },
    { say: 'promote version 3 of churn-net', means: { model: 'churn-net', version: 3 } },
  ],
  slash: {
    name: 'promote',
    description: 'Promote a model: /promote version 3 of churn-net',
    sentence: (rest) => `promote ${rest}`,
  },
});
const table: readonly Tool[] = [...tools, promoteModel];
const { name, input } = promoteModel;

describe('a row of the table of tools', () => {
  const { values, strings } = contributionsOf({ extension: 'a.b', tools: table, settings: [] });
  const contributed = (path: string) => values.find((value) => value.path.join('.').includes(path))?.value;

  it('is in the manifest, with its words, its slash command and its consent', () => {
    expect(contributed('languageModelTools')).toContainEqual(
      expect.objectContaining({ name, inputSchema: inputSchema(input) }),
    );
    expect(strings).toMatchObject({ [`tools.${name}.title`]: 'Promote a model' });
    expect(contributed('chatParticipants')).toContainEqual({
      name: 'promote',
      description: '%slash.promote%',
    });
    expect(contributed('configurationDefaults')).toHaveProperty(['a.b/promote_model'], false);
  });

  it('is registered as a tool of agent mode', () => {
    const packageJSON = { contributes: { languageModelTools: contributed('languageModelTools') } };
    const context = { extension: { packageJSON }, subscriptions: [] };
    registerTools(context as unknown as vscode.ExtensionContext, {} as Services);
    expect(registeredTools).toEqual(table.map((tool) => tool.name));
  });

  it('is offered to the agent @mlops where a sentence speaks for it, and by its name elsewhere', async () => {
    const offered = async (person: string) => {
      const model = new ScriptedModel(['Hello.']);
      await converse(
        { agent: agents[0], agents, person, focus: {}, history: [] },
        {
          model,
          tools: table,
          maxRounds: 1,
          say: () => undefined,
          render: async () => [],
          check: async () => undefined,
          invoke: async () => 'skipped',
        },
        new AbortController().signal,
      );
      return model.requests[0]?.tools ?? [];
    };
    expect((await offered('promote version 3 of churn-net')).map((tool) => tool.name)).toContain(name);
    const [more] = (await offered('hello')).toReversed();
    expect(JSON.stringify(more)).toContain(name.replace('mlops_', ''));
  });

  it('is in the help', () => {
    expect(help(table, agents, { about: '' })).toContain(
      '- Promote a model: `promote version 3 of churn-net to production`',
    );
  });
});

describe('MLOps Basics with a new row', () => {
  const says = (person: string) => answerBasics({ person, focus: {}, tools: [name], results: [] }, table);

  it('understands sentences like the row’s examples', () => {
    expect(says('please promote version 12 of the-net')).toEqual({
      kind: 'call',
      name,
      input: { model: 'the-net', version: 12 },
    });
    expect(says('promote version 4 of churn-net to staging')).toMatchObject({
      input: { model: 'churn-net', version: 4, stage: 'staging' },
    });
  });

  it('lists the row in its help', () => {
    expect(says('help')).toMatchObject({
      text: expect.stringContaining('- `promote version 3 of churn-net to production`: asks first'),
    });
  });
});
