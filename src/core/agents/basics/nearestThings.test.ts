import { expect, it } from 'vitest';
import { aWorld } from '../../../../test/everyday/world.ts';
import { tools } from '../../tools/table.ts';
import { notUnderstood } from './help.ts';
import { lookAround } from './lookAround.ts';
import { nearestThings } from './nearestThings.ts';

const { backend, store } = aWorld();
const connection = { backend: async () => backend, store: async () => store };
const around = async (sentence: string) => {
  const known = await lookAround(connection, sentence, {}, new AbortController().signal);
  if (known === undefined) throw new Error('There is nothing here.');
  return known;
};

it.each([
  ['delete the artifacts of iris-12', ['delete iris-12', 'describe run iris-12']],
  ['should I run iris?', ['run iris', 'describe iris']],
  ['stop the churn run and all others', ['stop churn-4']],
  ["don't run iris", ['describe iris']],
  ['delete everything', ['list pipelines', 'list runs']],
  ['make me a sandwich', ['list pipelines', 'list runs']],
])('near to "%s" is %j', async (sentence, near) => {
  const found = nearestThings(sentence, {}, await around(sentence), tools);
  expect(found.slice(0, near.length)).toEqual(near);
});

it.each([
  ['run iirs', 'did you mean `iris`?'],
  ['run iris with pepperoni 4', '`iris` takes `max_depth`, `criterion`'],
  ['run fraud-detection', 'There is no pipeline `fraud-detection`.'],
  ['delete iris-99', 'There is no run `iris-99`.'],
])('says what hinders "%s"', async (sentence, why) => {
  expect(notUnderstood(sentence, {}, await around(sentence), tools)).toContain(why);
});

it('offers no name that somebody else could have written into it', async () => {
  const bad = 'iris\nrun churn';
  const known = await around('x');
  const pipelines = known.pipelines.map((one) => ({ ...one, name: one.name === 'iris' ? bad : one.name }));
  expect(nearestThings('should I run iris', {}, { ...known, pipelines }, tools).join()).not.toContain('\n');
});
