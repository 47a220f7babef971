import { describe, expect, it } from 'vitest';
import { aWorld } from '../../../test/everyday/world.ts';
import { lookAround } from '../agents/basics/lookAround.ts';
import { placeMeant, understand } from '../agents/basics/understand.ts';
import type { Focus, FocusList } from '../domain/focus.ts';
import { listedIn, withListedNames } from './listed.ts';

const runs: FocusList = { kind: 'run', names: ['iris-9', 'wine-4', 'iris-7'] };
const pipelines: FocusList = { kind: 'pipeline', names: ['iris', 'wine'] };

describe('words for what was listed', () => {
  it.each([
    ['the second one', ['wine-4']],
    ['second one', ['wine-4']],
    ['The First', ['iris-9']],
    ['3rd run', ['iris-7']],
    ['the third of them', ['iris-7']],
    ['the first two', ['iris-9', 'wine-4']],
    ['the first 2 runs', ['iris-9', 'wine-4']],
    ['those three', ['iris-9', 'wine-4', 'iris-7']],
    ['them', ['iris-9', 'wine-4', 'iris-7']],
    ['all of them', ['iris-9', 'wine-4', 'iris-7']],
    ['these runs', ['iris-9', 'wine-4', 'iris-7']],
    ['those two', undefined],
    ['both', undefined],
    ['the fourth one', undefined],
    ['the second pipeline', undefined],
    ['first', undefined],
    ['iris-9', undefined],
    ['it', undefined],
  ])('%j is %j', (text, names) => {
    expect(listedIn(text, { lists: [runs] }, 'run')).toEqual(names);
  });

  it('mean the newest list, unless they say of which kind', () => {
    const focus: Focus = { lists: [pipelines, runs] };
    expect(listedIn('the second one', focus, 'pipeline')).toEqual(['wine']);
    expect(listedIn('the second one', focus, 'run')).toBeUndefined();
    expect(listedIn('the second run', focus, 'run')).toEqual(['wine-4']);
    expect(listedIn('the second one', {}, 'run')).toBeUndefined();
  });

  it('leave its place to a run that was deleted, which is none of all', () => {
    const focus: Focus = { lists: [{ ...runs, names: ['iris-9', null, 'iris-7'] }] };
    expect(listedIn('the third one', focus, 'run')).toEqual(['iris-7']);
    expect(listedIn('the second one', focus, 'run')).toBeUndefined();
    expect(listedIn('the first two', focus, 'run')).toBeUndefined();
    expect(listedIn('those two', focus, 'run')).toEqual(['iris-9', 'iris-7']);
  });

  it('are not all of a list that has more than is known', () => {
    const focus: Focus = { lists: [{ ...runs, more: true }] };
    expect(listedIn('all of them', focus, 'run')).toBeUndefined();
    expect(listedIn('the first one', focus, 'run')).toEqual(['iris-9']);
  });
});

describe('MLOps Basics', () => {
  it.each([
    ['describe the second one', 'describe_run', { run: 'wine-4' }],
    ['why did the third one fail', 'diagnose_run', { run: 'iris-7' }],
    ['show the log of the second run', 'read_task_log', { run: 'wine-4' }],
    ['delete the first one', 'delete_runs', { run: 'iris-9' }],
    ['run the second one again', 'run_pipeline', { like: 'wine-4' }],
    ['compare the first one with the third one', 'compare_runs', { run: 'iris-9', with: 'iris-7' }],
    ['compare the first two', 'compare_runs', { run: 'iris-9', with: 'wine-4' }],
  ])('reads "%s" by the runs that were listed', (sentence, tool, input) => {
    expect(understand(sentence, { run: 'other-1', lists: [runs] })).toEqual({ tool: `mlops_${tool}`, input });
  });

  it('holds the newer of two runs against the older, in whatever order they were made', () => {
    const made: FocusList = { kind: 'run', names: ['iris-7', 'iris-8'] };
    expect(understand('compare those two', { lists: [made] })).toEqual({
      tool: 'mlops_compare_runs',
      input: { run: 'iris-8', with: 'iris-7' },
    });
  });

  it.each([
    ['describe the second one', 'describe_pipeline', { pipeline: 'wine' }],
    ['run the first one with depth 3', 'run_pipeline', { pipeline: 'iris', parameters: { depth: '3' } }],
    ['describe the second run', 'describe_run', { run: 'wine-4' }],
  ])('reads "%s" by the pipelines that were listed last', (sentence, tool, input) => {
    expect(understand(sentence, { lists: [pipelines, runs] })).toEqual({ tool: `mlops_${tool}`, input });
  });

  it('looks where the list is', () => {
    const focus: Focus = { connection: 'This machine', lists: [{ ...runs, connection: 'Team home' }] };
    expect(understand('describe the second one', focus, { places: ['This machine', 'Team home'] })).toEqual({
      tool: 'mlops_describe_run',
      input: { run: 'wine-4', connection: 'Team home' },
    });
    for (const sentence of ['how is the second one doing', 'compare the first two', 'compare those two'])
      expect(placeMeant(sentence, focus, ['This machine', 'Team home'])).toBe('Team home');
    expect(placeMeant('list runs', focus, ['This machine', 'Team home'])).toBeUndefined();
  });

  it('finds them in sentences of other words, if they mean something', () => {
    const focus: Focus = { lists: [runs] };
    expect(withListedNames('anything odd about the second one?', focus)).toBe('anything odd about wine-4?');
    expect(withListedNames('the first run of iris', focus)).toBe('the first run of iris');
    expect(withListedNames('the ninth one', focus)).toBe('the ninth one');
  });

  it('knows that what was listed exists', async () => {
    const { backend, store } = aWorld();
    const known = await lookAround(
      { backend: async () => backend, store: async () => store },
      'how did the second one do',
      {},
      new AbortController().signal,
    );
    const { id = '' } = known?.runs[1] ?? {};
    const focus: Focus = { run: 'iris-12', lists: [{ kind: 'run', names: ['iris-12', id] }] };
    for (const sentence of [
      'how did the second one do',
      'please tell me the metrics that the second run got',
    ])
      expect(understand(sentence, focus, { known })).toMatchObject({ input: { run: id } });
  });
});
