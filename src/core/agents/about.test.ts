import { describe, expect, it } from 'vitest';
import { thisMachine } from '../domain/connection.ts';
import type { CallMentions, Mention } from '../domain/mention.ts';
import type { PipelineId } from '../domain/pipeline.ts';
import type { RunId } from '../domain/run.ts';
import { aboutAnswer } from './about.ts';
import { mostListed } from './focus.ts';

const connection = thisMachine;
const run = (id: string, more = {}): Mention => ({
  kind: 'run',
  connection,
  id: id as RunId,
  label: id,
  state: 'succeeded',
  pipeline: id.replace(/-\d+$/, ''),
  ...more,
});
const pipeline = (name: string): Mention => ({ kind: 'pipeline', connection, id: name as PipelineId, name });
const object = (key: string): Mention => ({ kind: 'object', connection, bucket: 'artifacts', key });
const bucket = (name: string, prefix = ''): Mention => ({ kind: 'bucket', connection, bucket: name, prefix });
const task = (id: string, path: string): Mention => ({ kind: 'task', connection, run: id as RunId, path });
const deleted = (id: string): Mention => ({ kind: 'deleted', connection, run: id as RunId });
const next: Mention = { kind: 'more', connection, tool: 'mlops_list_runs', input: { page: '20' } };
const read = (...mentions: readonly Mention[]): CallMentions => ({ writes: false, mentions });
const write = (...mentions: readonly Mention[]): CallMentions => ({ writes: true, mentions });
const against = (id: string) => ({ against: { id: id as RunId, label: id } });

/** What the answer is about, by its first thing. */
function subject(calls: readonly CallMentions[], text = 'Done.'): string | undefined {
  const [first] = aboutAnswer(calls, text).subject;
  switch (first?.kind) {
    case 'run':
      return first.id;
    case 'pipeline':
      return first.name;
    case 'bucket':
      return [first.bucket, first.prefix].join('/');
    case 'object':
      return first.key;
    default:
      return first?.kind;
  }
}

const lists = (calls: readonly CallMentions[], text = 'Done.') =>
  aboutAnswer(calls, text).lists.map(({ kind, names }) => [kind, ...names].join(' '));

const [runs, pipelines] = [
  read(run('iris-3'), run('iris-2'), run('wine-1')),
  read(pipeline('churn'), pipeline('iris')),
];

describe('an answer', () => {
  it.each([
    ['the last of several writes', [write(run('iris-1')), write(run('iris-2'))], 'iris-2'],
    ['a write, whatever was read after it', [write(run('iris-2')), read(run('wine-1'))], 'iris-2'],
    ['the last write, not a list after it', [write(run('iris-2')), runs], 'iris-2'],
    ['a run that is still there after a write', [write(run('iris-2')), write(deleted('iris-1'))], 'iris-2'],
    ['the one run that was read', [runs, read(run('iris-2'), pipeline('iris'))], 'iris-2'],
    [
      'a run, not the pipeline that was read with it',
      [read(pipeline('iris')), read(run('iris-2'))],
      'iris-2',
    ],
    [
      'a run that was read twice',
      [read(run('iris-2')), read(task('iris-2', 'train'), run('iris-2'))],
      'iris-2',
    ],
    ['the one pipeline that was read', [pipelines, read(pipeline('iris'))], 'iris'],
    ['the only run of a list', [read(run('iris-2'))], 'iris-2'],
    ['the run of a comparison', [read(run('iris-1'), run('iris-2', against('iris-1')))], 'iris-2'],
    [
      'the run of a comparison of runs that were read',
      [read(run('iris-1')), read(run('iris-2')), read(run('iris-1'), run('iris-2', against('iris-1')))],
      'iris-2',
    ],
    [
      'the folder whose objects were listed',
      [read(bucket('artifacts', 'iris/'), object('iris/a'))],
      'artifacts/iris/',
    ],
    ['an object', [read(object('iris/a'))], 'iris/a'],
  ] as const)('is about %s', (_what, calls, what) => {
    expect(subject(calls)).toBe(what);
  });

  it.each([
    ['pipelines', [pipelines]],
    ['runs', [runs]],
    ['buckets', [read(bucket('a'), bucket('b'))]],
    [
      'runs that were read one by one',
      [read(run('iris-1', against('iris-0'))), read(run('iris-2', against('iris-0')))],
    ],
    ['nothing', []],
    ['a run that it deleted', [read(run('iris-1')), write(deleted('iris-1'))]],
  ] as const)('is about no single thing after %s', (_what, calls) => {
    expect(aboutAnswer(calls, 'Done.').subject).toEqual([]);
  });

  it('is about the run that its text names, if it names one', () => {
    expect(subject([runs], 'The best is `iris-2`.')).toBe('iris-2');
    expect(subject([runs, read(run('wine-1'))], 'Unlike that one, iris-3 failed.')).toBe('iris-3');
    expect(subject([runs], 'iris-2 is better than iris-3.')).toBeUndefined();
    expect(subject([write(run('iris-4')), write(run('iris-5'))], 'iris-4 did best.')).toBe('iris-4');
    expect(subject([runs, write(run('iris-4'))], 'As good as iris-3.')).toBe('iris-4');
  });

  it('is about the pipeline that its text names, if it names one and no run', () => {
    expect(subject([pipelines], 'Take iris.')).toBe('iris');
    expect(subject([pipelines], 'There are churn and iris.')).toBeUndefined();
    expect(subject([pipelines, runs], 'iris-3 and iris-2 are runs of iris.')).toBeUndefined();
  });

  it('knows of a run what any of its calls said, the newest first', () => {
    const [whole] = aboutAnswer(
      [
        write(run('iris-2', { state: 'failed', failedTask: 'train', log: 'train' })),
        read(run('iris-1'), run('iris-2', { log: false, ...against('iris-1') })),
      ],
      '',
    ).subject;
    expect(whole).toMatchObject({
      id: 'iris-2',
      failedTask: 'train',
      log: 'train',
      against: { id: 'iris-1' },
    });
    const waited = [write(run('iris-2', { state: 'running' })), read(run('iris-2'))];
    expect(aboutAnswer(waited, '').subject[0]).toMatchObject({ state: 'succeeded' });
  });

  it('is about the run of a log, and about its task', () => {
    const { subject: about } = aboutAnswer(
      [read(task('iris-2', 'train'), run('iris-2'), pipeline('iris'))],
      '',
    );
    expect(about.map(({ kind }) => kind)).toEqual(['run', 'task', 'pipeline']);
  });

  it('names what it is about first, and nothing that was deleted', () => {
    const calls = [
      runs,
      read(run('wine-1', { ...against('iris-3'), lastFailed: { id: 'iris-3', label: 'iris-3' } })),
      write(deleted('iris-3')),
    ];
    const { all, gone } = aboutAnswer(calls, 'Deleted iris-3.');
    expect(gone).toEqual([{ connection, id: 'iris-3' }]);
    expect(JSON.stringify(all)).not.toContain('iris-3');
    expect([...new Set(all.map((mention) => mention.kind === 'run' && mention.id))]).toEqual([
      'wine-1',
      'iris-2',
    ]);
  });
});

describe('the lists of an answer', () => {
  it('have the order of the result, the newest list first', () => {
    expect(lists([pipelines, runs])).toEqual(['run iris-3 iris-2 wine-1', 'pipeline churn iris']);
    expect(lists([read(bucket('a'), bucket('b'))])).toEqual(['bucket a/ b/']);
    expect(lists([read(bucket('artifacts'), object('x'), object('y'))])).toEqual([
      'object artifacts/x artifacts/y',
    ]);
    expect(lists([read(run('iris-1'), pipeline('iris'), object('x'), object('y'))])).toEqual([]);
  });

  it('are what the text names, in its order, where it names several', () => {
    expect(lists([runs], '1. wine-1\n2. iris-3')).toEqual(['run wine-1 iris-3']);
    expect(lists([runs], 'The best is iris-2.')).toEqual(['run iris-3 iris-2 wine-1']);
  });

  it('are of what was changed or read one by one, where nothing listed several', () => {
    const started = [write(run('iris-4')), write(run('iris-5')), read(run('iris-4'))];
    expect(lists(started)).toEqual(['run iris-4 iris-5']);
  });

  it('say where there was more', () => {
    const {
      lists: [list],
      more,
    } = aboutAnswer([read(run('iris-3'), run('iris-2'), next)], '');
    expect(list).toEqual({ kind: 'run', connection, names: ['iris-3', 'iris-2'], more: true });
    expect(more).toEqual(next);
    const chosen = aboutAnswer([read(run('c-3'), run('b-2'), run('a-1'), next)], 'a-1 and c-3').lists[0];
    expect(chosen).toEqual({ kind: 'run', connection, names: ['a-1', 'c-3'] });
  });

  it('have an end, also before a name that is too long to be kept', () => {
    const many = Array.from({ length: mostListed + 1 }, (_, at) => run(`iris-${at}`));
    expect(aboutAnswer([read(...many)], '').lists[0]).toMatchObject({ more: true });
    expect(aboutAnswer([read(...many)], '').lists[0]?.names).toHaveLength(mostListed);
    const long = [run('a-1'), run('b-2'), run('x'.repeat(501)), run('c-3')];
    expect(aboutAnswer([read(...long)], '').lists[0]).toMatchObject({ names: ['a-1', 'b-2'], more: true });
  });
});
