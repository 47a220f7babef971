import { describe, expect, it } from 'vitest';
import { type ConnectionId, thisMachine } from '../domain/connection.ts';
import type { PipelineId } from '../domain/pipeline.ts';
import type { RunId } from '../domain/run.ts';
import { understand } from './basics/understand.ts';
import { followUpLabel, followUps } from './followUps.ts';

const run = (id: string, state: 'failed' | 'succeeded' | 'running', more = {}) =>
  ({
    kind: 'run',
    connection: thisMachine,
    id: id as RunId,
    label: id,
    state,
    pipeline: 'iris',
    ...more,
  }) as const;

describe('follow-ups', () => {
  it('name the connection unless it is the active one', () => {
    const placeOf = (id: ConnectionId) => (id === thisMachine ? undefined : 'Team home');
    const mention = run('iris-12', 'running');
    expect(followUps([mention], { placeOf })[0]?.prompt).toBe('wait for iris-12');
    const there = { ...mention, connection: 'team' as ConnectionId };
    expect(followUps([there], { placeOf })[0]?.prompt).toBe('wait for iris-12 on Team home');
    const calls = [{ name: 'mlops_wait_for_run', input: { run: 'iris-12', connection: 'Team home' } }];
    expect(followUps([there], { placeOf, calls })[0]?.prompt).toBe('stop iris-12 on Team home');
  });

  it('do not speak of runs and pipelines of a connection with objects alone', () => {
    const bucket = { kind: 'bucket', connection: 'objects' as ConnectionId, bucket: 'data' } as const;
    const offered = (hasRuns: boolean) =>
      followUps([bucket], { hasRuns: () => hasRuns }).map(({ prompt }) => prompt);
    expect(offered(true)).toEqual(['list buckets', 'list runs']);
    expect(offered(false)).toEqual(['list buckets']);
  });

  it('call runs what people call them, not by the ids of a server', () => {
    const id = (digit: number) => `${digit}b946e9b-fc48-451d-96e8-e3e77befdee1`;
    const other = { id: id(6) as RunId, label: 'iris of yesterday-6b946' };
    const named = run(id(5), 'succeeded', { label: 'deeper iris-5b946', against: other, lastFailed: other });
    const prompts = (...mentions: Parameters<typeof followUps>[0]) =>
      followUps(mentions).map(({ prompt }) => prompt);
    expect(prompts(named)).toEqual([
      'why did "iris of yesterday-6b946" fail',
      'compare "deeper iris-5b946" with "iris of yesterday-6b946"',
      'show the log of "deeper iris-5b946"',
    ]);
    const task = { kind: 'task', connection: thisMachine, run: id(5) as RunId, path: 'train' } as const;
    expect(prompts(task, named)[0]).toBe('describe run "deeper iris-5b946"');
  });

  const pipeline = (name: string) =>
    ({ kind: 'pipeline', connection: thisMachine, id: 'x' as PipelineId, name }) as const;
  it.each([
    [
      'show the log of a failed task',
      run('iris-12', 'failed', { failedTask: 'train', log: 'train' }),
      'show the log of train in iris-12',
    ],
    [
      'describe a failed run that has no log',
      run('iris-12', 'failed', { failedTask: 'train', log: false }),
      'describe run iris-12',
    ],
    [
      'ask about the last failed run after one that did not fail',
      run('iris-12', 'succeeded', { lastFailed: { id: 'iris-7' as RunId, label: 'iris-7' } }),
      'why did iris-7 fail',
    ],
    ['wait for an active run', run('iris-12', 'running'), 'wait for iris-12'],
    [
      'compare a good run with the one before',
      run('iris-12', 'succeeded', { against: { id: 'iris-3' as RunId, label: 'iris-3' } }),
      'compare iris-12 with iris-3',
    ],
    [
      'describe a pipeline',
      { kind: 'pipeline', connection: thisMachine, id: 'x' as PipelineId, name: 'iris' } as const,
      'describe iris',
    ],
  ])('%s', (_what, mention, prompt) => {
    expect(followUps([mention])[0]).toEqual({ prompt });
  });

  it('begin with a request that has to be repeated, word for word', () => {
    const iris = { kind: 'pipeline', connection: thisMachine, id: 'x' as PipelineId, name: 'iris' } as const;
    const again = 'run iris with max_depth 3';
    expect(followUps([], { again })).toEqual([{ prompt: again }]);
    expect(followUps([iris], { again: 'run iris' }).map(({ prompt }) => prompt)).toEqual([
      'run iris',
      'describe iris',
      'list runs of iris',
    ]);
  });

  it('leave out a comparison that was just shown', () => {
    const prompts = followUps([
      run('iris-12', 'succeeded', { against: { id: 'iris-3' as RunId, label: 'iris-3' } }),
      run('iris-3', 'succeeded'),
    ]);
    expect(prompts.map(({ prompt }) => prompt)).not.toContain('compare iris-12 with iris-3');
  });

  it.each([
    ['describe_pipeline', { pipeline: 'IRIS' }, [pipeline('iris')], 'describe iris'],
    ['list_runs', { pipeline: 'iris' }, [run('iris-12', 'succeeded')], 'list runs of iris'],
    ['wait_for_run', { run: 'last' }, [run('iris-12', 'running')], 'wait for iris-12'],
    ['list_runs', {}, [], 'list runs'],
  ])('leave out the call that was just made: %s %j', (tool, input, mentions, prompt) => {
    const prompts = (calls: Parameters<typeof followUps>[1]) =>
      followUps(mentions, calls).map((offered) => offered.prompt);
    expect(prompts({})).toContain(prompt);
    expect(prompts({ calls: [{ name: `mlops_${tool}`, input }] })).not.toContain(prompt);
  });

  it('are about none of a list', () => {
    const prompts = followUps([], {
      listed: thisMachine,
      calls: [{ name: 'mlops_list_pipelines', input: {} }],
    });
    expect(prompts).toEqual([{ prompt: 'list runs' }]);
    const placeOf = () => 'Team home';
    expect(followUps([], { listed: thisMachine, placeOf })[0]?.prompt).toBe('list pipelines on Team home');
  });

  it('begin with the run after the log of its task', () => {
    const task = { kind: 'task', connection: thisMachine, run: 'iris-12' as RunId, path: 'train' } as const;
    const calls = [{ name: 'mlops_read_task_log', input: { run: 'iris-12' } }];
    expect(followUps([run('iris-12', 'succeeded'), task], { calls }).map(({ prompt }) => prompt)).toEqual([
      'describe run iris-12',
      'list runs of iris',
    ]);
  });

  it('do not offer help after help', () => {
    expect(followUps([]).map(({ prompt }) => prompt)).toEqual(['list pipelines', 'list runs', 'help']);
    expect(followUps([], { help: true }).map(({ prompt }) => prompt)).toEqual([
      'list pipelines',
      'list runs',
    ]);
  });

  it('ask about another failed run after a question about this one', () => {
    const calls = [{ name: 'mlops_diagnose_run', input: { run: 'last' } }];
    const [first] = followUps(
      [run('iris-12', 'succeeded', { lastFailed: { id: 'iris-7' as RunId, label: 'iris-7' } })],
      { calls },
    );
    expect(first?.prompt).toBe('why did iris-7 fail');
  });

  const prompts = (name: string) => followUps([pipeline(name)]).map(({ prompt }) => prompt);

  it('quote a name with spaces, so that MLOps Basics understands it', () => {
    expect(prompts('my iris')).toEqual(['describe "my iris"', 'run "my iris"', 'list runs of "my iris"']);
    expect(understand('run "my iris"', {})).toEqual({
      tool: 'mlops_run_pipeline',
      input: { pipeline: 'my iris' },
    });
  });

  it.each(['two\nlines', 'x'.repeat(101), 'a\u202eb', 'run "x" and tell me how "y'])(
    'are not offered for a name that would be misread: %j',
    (name) => {
      expect(prompts(name)).toEqual([]);
    },
  );

  it('show names literally on their buttons', () => {
    expect(followUpLabel('describe iris (old)')).toBe('describe iris (old)');
    expect(followUpLabel('describe "[a](https://b.example) $(trash)"')).toBe(
      String.raw`describe "\[a\](https\://b.example) \$(trash)"`,
    );
  });
});
