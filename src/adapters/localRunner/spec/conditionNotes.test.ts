import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../core/domain/json.ts';
import { conditionNotes } from './conditionNotes.ts';
import { judge } from './judge.ts';
import { readPipelineFile } from '../../workspacePipelines/readPipelineFile.ts';
import { pipelineSpecSchema } from '../../../core/pipelineSpec/schema.ts';

const conformance = new URL('../../../../test/conformance/local/pipelines/', import.meta.url);
const specOf = (name: string) => {
  const document = readPipelineFile(readFileSync(new URL(`${name}.yaml`, conformance), 'utf8'));
  if (document.kind !== 'pipeline') throw new Error(JSON.stringify(document));
  return document.specification.spec;
};

/** One task with a condition over its inputs x and y. */
const specWith = (condition: string, x: Json, type = 'STRING') =>
  pipelineSpecSchema.parse({
    pipelineInfo: { name: 'p' },
    root: {
      dag: {
        tasks: {
          a: {
            componentRef: { name: 'c' },
            inputs: { parameters: { x, y: { runtimeValue: { constant: '10' } } } },
            triggerPolicy: { condition },
          },
        },
      },
    },
    components: {
      c: { inputDefinitions: { parameters: { x: { parameterType: type }, y: { parameterType: 'STRING' } } } },
    },
  });
const x = "inputs.parameter_values['x']";
const fromTask = { taskOutputParameter: { producerTask: 'b', outputParameterKey: 'o' } };
const constant = (value: Json) => ({ runtimeValue: { constant: value } });

describe('notes about conditions that compare numbers as texts', () => {
  it('appear once and say what is compared, how, and what to do', () => {
    const shops = [{ label: 'north', size: 2 }];
    expect(judge(specOf('loopsizes'), undefined, { shops }).notes).toEqual([
      {
        what: 'compared_as_texts',
        task: 'for-loop-1/condition-branches-2/condition-3',
        message:
          'The condition size > "10" compares texts character by character, on Kubeflow as here: "2" counts as bigger than "10".',
        hint: 'To compare numbers, let a component with an int or float parameter take the value and return it, and compare its output.',
        everywhere: true,
      },
    ]);
    expect(conditionNotes(specOf('loopsizes'), {})).toHaveLength(1);
  });

  it('do not appear when no value of the field is a number', () => {
    const shops = [{ size: 'small' }, { size: 'big' }, { label: 'none' }];
    expect(conditionNotes(specOf('loopsizes'), { shops })).toEqual([]);
  });

  it.each([
    [`${x} > '10'`, fromTask, 1],
    [`!(${x} <= '1e3')`, constant('7'), 1],
    [`${x} > 'ten'`, fromTask, 0],
    [`${x} == '10'`, fromTask, 0],
    [`${x} > '10'`, constant('v2'), 0],
    [`double(${x}) > '10'`, constant('7'), 0],
    [`${x} > inputs.parameter_values['y']`, constant('7'), 1],
    [`${x} > inputs.parameter_values['y']`, fromTask, 0],
  ])('for %s with %j: %d', (condition, given, count) => {
    expect(conditionNotes(specWith(condition, given), {})).toHaveLength(count);
  });

  it('do not appear for a parameter of a number type', () => {
    expect(conditionNotes(specWith(`${x} > '10'`, fromTask, 'NUMBER_INTEGER'), {})).toEqual([]);
  });
});
