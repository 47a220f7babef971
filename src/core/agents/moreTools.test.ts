import { describe, expect, it } from 'vitest';
import { heldOut } from '../../../test/everyday/heldOut.ts';
import { others } from '../../../test/everyday/others.ts';
import { reading } from '../../../test/everyday/reading.ts';
import { storage, storageHeldOut } from '../../../test/everyday/storage.ts';
import type { Case } from '../../../test/everyday/suite.ts';
import { talking } from '../../../test/everyday/talking.ts';
import { writing } from '../../../test/everyday/writing.ts';
import type { Focus } from '../domain/focus.ts';
import type { Round } from '../ports/promptRenderer.ts';
import { findTool, tools } from '../tools/table.ts';
import { answerMoreTools, moreTools, offeredTools } from './moreTools.ts';

const offered = (person: string, rounds: readonly Round[] = [], focus: Focus = {}) =>
  offeredTools(tools, { person, focus, rounds });
const namesOf = (...given: Parameters<typeof offered>) => offered(...given).map(({ name }) => name);

describe('the tools that a model is offered', () => {
  it.each([
    ['same but with C 10', 'mlops_run_pipeline'],
    ['Generate a report comparing all model runs from April', 'mlops_list_runs'],
    ['Why did the last diabetes run fail?', 'mlops_describe_run'],
    ['what does the train function do with missing values? show the code', 'mlops_read_source'],
    ['Which objects are in the datasets bucket?', 'mlops_list_objects'],
    ['zeig mir das Protokoll von train', 'mlops_read_task_log'],
  ])('for "%s" have %s among them', (person, name) => {
    expect(namesOf(person)).toContain(name);
  });

  it('are few, and the others wait by their names', () => {
    const [more, ...few] = offered('stop iris-12').toReversed();
    expect(JSON.stringify(few).length).toBeLessThan(2600);
    expect(more?.name).toBe(moreTools);
    const waiting = tools.map(({ name }) => name).filter((name) => !few.some((one) => one.name === name));
    for (const name of waiting)
      expect(JSON.stringify(more?.inputSchema)).toContain(name.replace('mlops_', ''));
  });

  it('start and delete nothing that the sentence does not speak of', () => {
    const names = namesOf('how did iris-12 do compared to iris-11?');
    for (const name of ['mlops_stop_run', 'mlops_delete_runs']) expect(names).not.toContain(name);
  });

  it.each(['and?', '続けて', 'Was meinst du dazu?'])(
    'are the first of the table where "%s" speaks for none',
    (person) => {
      const names = namesOf(person);
      expect(names.slice(0, 6)).toEqual(tools.slice(0, 6).map(({ name }) => name));
      expect(names.at(-1)).toBe(moreTools);
    },
  );

  it('stay those that were called, asked for, or named by the last results', () => {
    const rounds: readonly Round[] = [
      {
        text: '',
        calls: [
          { id: '1', name: 'mlops_read_object', input: {} },
          { id: '2', name: moreTools, input: { names: ['mlops_read_source'] } },
        ],
        results: [{ id: '1', text: 'The SDK is missing: mlops_install_compiler.' }],
      },
    ];
    expect(namesOf('stop iris-12', rounds)).toEqual(
      expect.arrayContaining(['mlops_read_object', 'mlops_read_source', 'mlops_install_compiler']),
    );
  });

  it('are all where there are few', () => {
    const two = tools.slice(0, 2);
    expect(offeredTools(two, { person: 'stop iris-12', focus: {}, rounds: [] })).toHaveLength(2);
  });

  it('have what is meant at once for at least 97 of 100 everyday sentences', () => {
    const cases = [
      ...reading,
      ...writing,
      ...others,
      ...heldOut,
      ...talking,
      ...storage,
      ...storageHeldOut,
    ].filter(isPossible);
    const missed = cases.filter(({ say, focus, wanted }) => {
      const names = namesOf(say, [], focus);
      return !wanted.some(({ tool }) => names.includes(tool));
    });
    expect(cases.length).toBeGreaterThan(500);
    expect(missed.length / cases.length).toBeLessThanOrEqual(0.03);
  }, 30_000);
});

const isPossible = ({ wanted }: Case) => wanted.some(({ tool }) => findTool(tool) !== undefined);

describe('an answer to a call for more tools', () => {
  const answer = (input: object) =>
    answerMoreTools({ id: '7', name: moreTools, input: input as never }, tools).text;

  it('says which the model has now', () => {
    expect(answer({ names: ['mlops_read_source', 'mlops_fly'] })).toBe('You have mlops_read_source now.');
  });

  it.each([{ names: ['mlops_fly'] }, { name: 'mlops_read_source' }, {}])('names all after %j', (input) => {
    expect(answer(input)).toMatch(/^None of these is a tool\. The tools are mlops_list_pipelines, /);
  });
});
