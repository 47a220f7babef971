import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { JsonObject } from '../../../core/domain/json.ts';
import { readPipelineFile } from '../../workspacePipelines/readPipelineFile.ts';
import { pipelineSpecSchema } from '../../../core/pipelineSpec/schema.ts';
import { unfilledTexts } from './unfilledTexts.ts';

const item = 'pipelinechannel--shops-loop-item';
const label = `${item}-subvar-label`;
const from = (name: string) => ({ componentInputParameter: name });

/** A loop over shops, in it a group, in it a task whose text names the label of a shop. */
function noted(itemType: string, handedToGroup: JsonObject) {
  const text = { runtimeValue: { constant: `big {{$.inputs.parameters['${label}']}}` } };
  const dag = (name: string, component: string, parameters: JsonObject, more: JsonObject = {}) => ({
    dag: { tasks: { [name]: { componentRef: { name: component }, inputs: { parameters }, ...more } } },
  });
  const iterator = { parameterIterator: { itemInput: item, items: { inputParameter: 'shops' } } };
  const spec = {
    pipelineInfo: { name: 'stores' },
    root: {
      ...dag(
        'loop',
        'loop',
        { shops: from('shops'), [label]: from('shops-loop-item-subvar-label') },
        iterator,
      ),
      inputDefinitions: { parameters: { shops: { parameterType: 'LIST' } } },
    },
    components: {
      loop: {
        ...dag('group', 'group', { [item]: from(item), ...handedToGroup }),
        inputDefinitions: { parameters: { [item]: { parameterType: itemType } } },
      },
      group: {
        ...dag('visit', 'visit', { line: text, [label]: from(label) }),
        inputDefinitions: { parameters: { [item]: { parameterType: itemType } } },
      },
      visit: { executorLabel: 'visit' },
    },
  };
  return unfilledTexts(pipelineSpecSchema.parse(spec)).map(({ message }) => message);
}

it('names a field that is read from outside of its loop', () => {
  expect(noted('STRING', { [label]: from(label) })).toEqual([
    'Task loop/group/visit fails when it is reached, on Kubeflow as here: the text for line needs the field label of shops, which the compiler does not hand in.',
  ]);
});

it('accepts a field that the loop item has or that is read from the item', () => {
  const selected = { ...from(item), parameterExpressionSelector: 'parseJson(string_value)["label"]' };
  expect(noted('STRUCT', { [label]: from(label) })).toEqual([]);
  expect(noted('STRING', { [label]: selected })).toEqual([]);
});

it('accepts the fields of a conformance case that are passed one by one', async () => {
  const file = path.join(import.meta.dirname, '../../../../test/conformance/local/pipelines/loopmixed.yaml');
  const document = readPipelineFile(await readFile(file, 'utf8'));
  expect(document.kind === 'pipeline' && unfilledTexts(document.specification.spec)).toEqual([]);
});
