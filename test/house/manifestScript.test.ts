import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import { contributionsOf } from '../../scripts/manifest/contributions.mjs';
import { replaceJsonValue } from '../../scripts/manifest/jsonText.mjs';

const runPipeline = {
  name: 'mlops_run_pipeline',
  title: 'Run a pipeline',
  modelDescription: 'Starts a pipeline.',
  userDescription: 'Start a pipeline and wait for its end.',
  effect: 'write',
  icon: 'play',
  input: z.strictObject({
    pipeline: z.string().min(1).describe('Its name.'),
    wait: z.int().min(0).max(120).default(60).describe('Seconds.'),
    limit: z.int().optional().describe('How many.'),
  }),
  slash: { name: 'run', description: 'Run a pipeline', sentence: (rest: string) => rest },
};

describe('replacing a value in a JSON text', () => {
  const text =
    '{\n  "a": { "x": [1,  2] },\n\t"list": [ {"k": "}\\""}, {\n    "commands": []\n  } ],\n  "z": null }\n';

  it('keeps every other byte', () => {
    expect(replaceJsonValue(text, ['list', 1, 'commands'], [{ name: 'run' }])).toBe(
      text.replace('[]', '[\n      {\n        "name": "run"\n      }\n    ]'),
    );
    expect(replaceJsonValue(text, ['a', 'x'], 3)).toBe(text.replace('[1,  2]', '3'));
    expect(replaceJsonValue(text, ['z'], true)).toBe(text.replace('null', 'true'));
  });

  it('says which value is missing', () => {
    expect(() => replaceJsonValue(text, ['a', 'y', 'b'], 1)).toThrow('No value at a.y');
  });
});

describe('the generated contributions', () => {
  const { values, strings } = contributionsOf({
    extension: 'mlops-chat.mlops-chat',
    tools: [runPipeline],
    settings: [
      {
        key: 'mlops.local.home',
        needsTrust: true,
        type: { type: 'string', default: '', description: 'A folder.' },
      },
      { key: 'mlops.rounds', needsTrust: false, type: { type: 'integer', description: 'Rounds.' } },
    ],
  });

  it('have tools that agent mode can see', () => {
    expect(values[0]?.value).toEqual([
      {
        name: 'mlops_run_pipeline',
        displayName: '%tools.mlops_run_pipeline.title%',
        userDescription: '%tools.mlops_run_pipeline.userDescription%',
        modelDescription: 'Starts a pipeline.',
        toolReferenceName: 'run_pipeline',
        canBeReferencedInPrompt: true,
        icon: '$(play)',
        tags: ['mlops'],
        inputSchema: {
          type: 'object',
          properties: {
            pipeline: { type: 'string', minLength: 1, description: 'Its name.' },
            wait: { type: 'integer', minimum: 0, maximum: 120, default: 60, description: 'Seconds.' },
            limit: { type: 'integer', description: 'How many.' },
          },
          required: ['pipeline'],
          additionalProperties: false,
        },
      },
    ]);
  });

  it('make the editor ask before each tool that changes something, and before no other', () => {
    const reads = { ...runPipeline, name: 'mlops_list_runs', effect: 'read' };
    const destroys = { ...runPipeline, name: 'mlops_delete_runs', effect: 'destroy' };
    const tools = [runPipeline, reads, destroys];
    const made = contributionsOf({ extension: 'Our.Chat', tools, settings: [] });
    const { value } = made.values.find(({ path }) => path[1] === 'configurationDefaults') ?? {};
    expect(value).toEqual({ 'our.chat/run_pipeline': false, 'our.chat/delete_runs': false });
  });

  it('put every text for people into package.nls.json', () => {
    expect(values.slice(1).map(({ value }) => value)).toEqual([
      [
        { name: 'run', description: '%slash.run%' },
        { name: 'help', description: '%slash.help%' },
      ],
      { 'mlops-chat.mlops-chat/run_pipeline': false },
      {
        title: '%views.container%',
        properties: {
          'mlops.local.home': { type: 'string', default: '', description: '%settings.local.home%', order: 0 },
          'mlops.rounds': { type: 'integer', description: '%settings.rounds%', order: 1 },
        },
      },
      ['mlops.local.home'],
    ]);
    expect(strings).toEqual({
      'tools.mlops_run_pipeline.title': 'Run a pipeline',
      'tools.mlops_run_pipeline.userDescription': 'Start a pipeline and wait for its end.',
      'slash.run': 'Run a pipeline',
      'slash.help': 'What @mlops can do, with examples',
      'settings.local.home': 'A folder.',
      'settings.rounds': 'Rounds.',
    });
  });

  it('keep settings that need trust from a workspace in Restricted Mode', () => {
    expect(values.at(-1)).toEqual({
      path: ['capabilities', 'untrustedWorkspaces', 'restrictedConfigurations'],
      value: ['mlops.local.home'],
    });
  });
});
