import { expect, test } from 'vitest';
import type { Json } from '../domain/json.ts';
import type { TaskKind } from '../domain/run.ts';
import { pipelineOutputs } from './pipelineOutputs.ts';
import { pipelineSpecSchema } from './schema.ts';

const from = (producerSubtask: string, outputParameterKey: string) => ({
  producerSubtask,
  outputParameterKey,
});
const call = (name: string, more: object = {}) => ({ componentRef: { name }, ...more });

const spec = pipelineSpecSchema.parse({
  pipelineInfo: { name: 'p' },
  components: {
    leaf: { executorLabel: 'e' },
    group: {
      dag: {
        tasks: { train: call('leaf') },
        outputs: { parameters: { score: { valueFromParameter: from('train', 'Output') } } },
      },
    },
  },
  root: {
    dag: {
      tasks: {
        say: call('leaf'),
        inner: call('group'),
        loop: call('group', { parameterIterator: { itemInput: 'x', items: { raw: '[1,2]' } } }),
      },
      outputs: {
        parameters: {
          word: { valueFromParameter: from('say', 'Output') },
          deep: { valueFromParameter: from('inner', 'score') },
          all: { valueFromParameter: from('loop', 'score') },
          either: {
            valueFromOneof: { parameterSelectors: [from('say', 'other'), from('inner', 'score')] },
          },
          unknown: { valueFromParameter: from('say', 'gone') },
        },
      },
    },
  },
});

const task = (path: string, outputs: { readonly [name: string]: Json }, kind: TaskKind = 'task') =>
  [path, { outputs, kind }] as const;

test('a run returns what its tasks returned, from inner groups and from each iteration as well', () => {
  const tasks = new Map([
    task('say', { Output: 'hi' }),
    task('inner/train', { Output: 0.9 }),
    task('loop[0]', {}, 'iteration'),
    task('loop[0]/train', { Output: 1 }),
    task('loop[1]', {}, 'iteration'),
    task('loop[1]/train', { Output: 2 }),
  ]);
  expect(pipelineOutputs(spec, tasks)).toEqual({ word: 'hi', deep: 0.9, all: [1, 2], either: 0.9 });
});

test('a run whose tasks tell nothing returns nothing', () => {
  expect(pipelineOutputs(spec, new Map([task('say', {})]))).toEqual({});
});
