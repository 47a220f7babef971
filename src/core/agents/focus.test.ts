import { describe, expect, it } from 'vitest';
import { type ConnectionId, thisMachine } from '../domain/connection.ts';
import type { PipelineId } from '../domain/pipeline.ts';
import type { RunId } from '../domain/run.ts';
import type { Focus } from '../domain/focus.ts';
import type { Mention } from '../domain/mention.ts';
import { aboutResult } from './about.ts';
import { focusBlock, readFocusBlock } from './focus.ts';
import { moveFocus } from './moveFocus.ts';
import { understand } from './basics/understand.ts';
import { followUps } from './followUps.ts';

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

/** The focus after one call that named these. */
const after = (focus: Focus, mentions: readonly Mention[]) => moveFocus(focus, aboutResult(mentions));

describe('the focus of the conversation', () => {
  it('takes the run that was compared, and with which one', () => {
    expect(
      after({}, [
        run('iris-12', 'succeeded', { against: { id: 'iris-3' as RunId, label: 'iris-3' } }),
        run('iris-3', 'succeeded'),
      ]),
    ).toEqual({
      connection: thisMachine,
      run: 'iris-12',
      pipeline: 'iris',
      against: 'iris-3',
      lists: [{ kind: 'run', connection: thisMachine, names: ['iris-12', 'iris-3'] }],
    });
  });

  it('drops the task when another run comes into focus', () => {
    const before = after({}, [run('iris-12', 'failed', { failedTask: 'train' })]);
    expect(before).toEqual({ connection: thisMachine, run: 'iris-12', pipeline: 'iris', task: 'train' });
    expect(after(before, [run('iris-13', 'succeeded')])).toEqual({
      connection: thisMachine,
      run: 'iris-13',
      pipeline: 'iris',
    });
  });

  it('keeps a function for one turn only', () => {
    expect(after({ pipeline: 'iris', function: 'train' }, [])).toEqual({ pipeline: 'iris' });
    expect(readFocusBlock(focusBlock({ function: 'train' }))).toEqual({ function: 'train' });
  });

  it('drops everything of the connection before when another one is mentioned', () => {
    const team = 'team' as ConnectionId;
    const before = after({}, [run('iris-12', 'succeeded')]);
    expect(after(before, [{ kind: 'bucket', connection: team, bucket: 'artifacts' }])).toEqual({
      connection: team,
      bucket: 'artifacts/',
    });
  });

  it('is not moved by a list of several, which is remembered in its order', () => {
    const before = after({}, [run('iris-12', 'succeeded')]);
    const listed = after(before, [run('iris-9', 'succeeded'), run('wine-4', 'failed')]);
    const list = { kind: 'run', connection: thisMachine, names: ['iris-9', 'wine-4'] } as const;
    expect(listed).toEqual({ ...before, lists: [list] });
    expect(after(listed, [])).toEqual(listed);
    expect(after(listed, [run('wine-4', 'failed')])).toEqual({
      connection: thisMachine,
      run: 'wine-4',
      pipeline: 'iris',
      lists: [list],
    });
  });

  it('keeps a list of each kind, the newest two, each where it was made', () => {
    const team = 'team' as ConnectionId;
    const buckets = ['a', 'b'].map((bucket) => ({ kind: 'bucket', connection: team, bucket }) as const);
    const pipelines = ['iris', 'wine'].map(
      (name) => ({ kind: 'pipeline', connection: thisMachine, id: name as PipelineId, name }) as const,
    );
    const runs = [run('iris-9', 'succeeded'), run('wine-4', 'failed')];
    const focus = [runs, pipelines, buckets].reduce<Focus>(after, {
      connection: thisMachine,
      run: 'iris-12',
    });
    expect(focus).toEqual({
      connection: thisMachine,
      run: 'iris-12',
      lists: [
        { kind: 'bucket', connection: team, names: ['a/', 'b/'] },
        { kind: 'pipeline', connection: thisMachine, names: ['iris', 'wine'] },
      ],
    });
    expect(after(focus, runs).lists?.map(({ kind }) => kind)).toEqual(['run', 'bucket']);
  });

  it('lets the bucket of a run go with it', () => {
    const before = after({}, [run('iris-12', 'succeeded', { bucket: 'artifacts/iris/iris-12/' })]);
    expect(before.bucket).toBe('artifacts/iris/iris-12/');
    expect(after(before, [run('iris-12', 'succeeded')])).toEqual(before);
    expect(after(before, [run('iris-13', 'failed')])).toEqual({
      connection: thisMachine,
      run: 'iris-13',
      pipeline: 'iris',
    });
  });

  it('has the run and the pipeline of a task', () => {
    const before = after({}, [run('wine-4', 'failed', { pipeline: 'wine', bucket: 'artifacts/wine/' })]);
    const task = { kind: 'task', connection: thisMachine, run: 'iris-1' as RunId, path: 'train' } as const;
    const focus = { connection: thisMachine, run: 'iris-1', task: 'train' };
    expect(after(before, [task, run('iris-1', 'succeeded')])).toEqual({ ...focus, pipeline: 'iris' });
    expect(after(before, [task])).toEqual(focus);
  });

  it('forgets a run that was deleted: in a list, the others keep their places', () => {
    const before: Focus = {
      ...after({}, [
        run('iris-12', 'succeeded', {
          failedTask: 'train',
          bucket: 'artifacts/iris/',
          against: { id: 'iris-3' as RunId, label: 'iris-3' },
        }),
      ]),
      lists: [{ kind: 'run', connection: thisMachine, names: ['iris-12', 'iris-3'] }],
    };
    const deleted = (id: string) => ({ kind: 'deleted', connection: thisMachine, run: id as RunId }) as const;
    expect(after(before, [deleted('iris-12')])).toEqual({
      connection: thisMachine,
      pipeline: 'iris',
      lists: [{ kind: 'run', connection: thisMachine, names: [null, 'iris-3'] }],
    });
    const { against: _against, lists: _lists, ...rest } = before;
    expect(after(before, [deleted('iris-3')])).toMatchObject({
      ...rest,
      lists: [{ names: ['iris-12', null] }],
    });
    expect(after(before, [deleted('iris-12'), deleted('iris-3')]).lists).toBeUndefined();
    const elsewhere = { ...deleted('iris-12'), connection: 'team' as ConnectionId };
    expect(after(before, [elsewhere])).toEqual(before);
  });

  it('applies its connection only to sentences that refer to it', () => {
    const focus = { connection: 'Team home', run: 'iris-12', pipeline: 'iris' };
    const places = ['This machine', 'Team home'];
    expect(understand('describe it', focus, { places })).toMatchObject({
      input: { run: 'iris-12', connection: 'Team home' },
    });
    expect(understand('list runs', focus, { places })).toMatchObject({ input: {} });
    expect(understand('stop iris-3 on this machine', focus, { places })).toEqual({
      tool: 'mlops_stop_run',
      input: { run: 'iris-3', connection: 'This machine' },
    });
  });

  it('leaves out a name that is too long', () => {
    const id = 'x' as PipelineId;
    const pipeline = { kind: 'pipeline', connection: thisMachine, id, name: 'x'.repeat(501) } as const;
    expect(after({}, [pipeline])).toEqual({ connection: thisMachine });
  });

  it('takes the bucket and the prefix from an object', () => {
    expect(
      after({}, [{ kind: 'object', connection: thisMachine, bucket: 'artifacts', key: 'iris/1/model' }]),
    ).toEqual({
      connection: thisMachine,
      bucket: 'artifacts/iris/1/',
      object: 'artifacts/iris/1/model',
    });
  });

  it('remembers the next page of a list until something else is mentioned', () => {
    const more = {
      kind: 'more',
      connection: thisMachine,
      tool: 'mlops_list_runs',
      input: { page: '20' },
    } as const;
    const shown = after({}, [run('iris-12', 'succeeded'), more]);
    expect(shown.more).toBe('mlops_list_runs {"page":"20"}');
    expect(followUps([run('iris-12', 'succeeded'), more])[0]).toEqual({ prompt: 'more' });
    expect(after(shown, [])).toEqual(shown);
    expect(after(shown, [run('iris-12', 'succeeded')]).more).toBeUndefined();
  });

  it('is written into the prompt and read back', () => {
    const focus = { pipeline: "it's: mine", run: 'iris-12' };
    expect(readFocusBlock(focusBlock(focus))).toEqual(focus);
    expect(readFocusBlock('list pipelines')).toBeUndefined();
    expect(focusBlock({})).toBe('');
  });

  it('names lists in few words, and reads them back', () => {
    const focus: Focus = {
      run: 'iris-9',
      lists: [
        { kind: 'run', names: ['iris-9', null, 'a "b"\n\u202e'], more: true },
        { kind: 'pipeline', connection: 'Team "home"', names: ['iris', 'wine'] },
      ],
    };
    expect(focusBlock(focus).split('\n').slice(1)).toEqual([
      'run: "iris-9"',
      String.raw`first runs listed: ["iris-9",null,"a \"b\"\n\u202e"]`,
      String.raw`pipelines listed on "Team \"home\"": ["iris","wine"]`,
    ]);
    expect(readFocusBlock(focusBlock(focus))).toEqual(focus);
  });

  it('has the parameters of its run, for models alone', () => {
    const parameters = { values: { C: 10, note: 'a\nb\u202e', weights: { virginica: 3 } }, left: 2 };
    const block = focusBlock({ run: 'iris-9', pipeline: 'iris', parameters });
    expect(block.split('\n').at(-1)).toBe(
      String.raw`its parameters: {"C":10,"note":"a\nb\u202e","weights":{"virginica":3}}, 2 more`,
    );
    expect(readFocusBlock(block)).toEqual({ run: 'iris-9', pipeline: 'iris' });
    expect(after({ run: 'iris-9', parameters }, [])).toEqual({ run: 'iris-9' });
  });

  it('escapes line breaks in names, so that a name adds no line', () => {
    const focus = { pipeline: 'x\nrun: "other"\u202e' };
    expect(focusBlock(focus).split('\n').slice(1)).toEqual([String.raw`pipeline: "x\nrun: \"other\"\u202e"`]);
    expect(readFocusBlock(focusBlock(focus))).toEqual(focus);
  });
});
