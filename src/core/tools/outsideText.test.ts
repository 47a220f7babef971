// Text of pipelines, runs, objects and errors reaches people as text and models as data, whatever it contains.
import { beforeEach, describe, expect, it } from 'vitest';
import { errorText } from './errorText.ts';
import { FakeClock } from '../../../test/fakes/fakeClock.ts';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import { MemorySchedules } from '../../../test/fakes/memorySchedules.ts';
import { keeping } from '../../../test/fakes/keeping.ts';
import { MemoryObjectStore } from '../../../test/fakes/memoryObjectStore.ts';
import { harms, outsideTexts } from '../../../test/fakes/outsideText.ts';
import { toolDeps } from '../../../test/fakes/toolDeps.ts';
import { livingMarkup } from '../../../test/fakes/readMarkdown.ts';
import { answerBasics } from '../agents/basics/answerBasics.ts';
import { aboutResult } from '../agents/about.ts';
import { focusBlock, readFocusBlock } from '../agents/focus.ts';
import { followUpLabel, followUps } from '../agents/followUps.ts';
import { moveFocus } from '../agents/moveFocus.ts';
import { thisMachine } from '../domain/connection.ts';
import type { Mention } from '../domain/mention.ts';
import type { PipelineId } from '../domain/pipeline.ts';
import type { RunId } from '../domain/run.ts';
import { MlopsError, toMlopsError } from '../ports/mlopsError.ts';
import { plain } from '../text/markdown.ts';
import { renderQuestionMarkdown } from '../text/renderQuestionMarkdown.ts';
import { findTool, tools } from './table.ts';
import type { ToolDeps } from './tool.ts';

const signal = new AbortController().signal;
const all = Object.entries(harms);
let backend: FakePipelineBackend;
let store: MemoryObjectStore;
let deps: ToolDeps;
/** What was reported while calls ran, and asked in a modal. */
let shown: string[];
let mentions: Mention[];

beforeEach(() => {
  shown = [];
  mentions = [];
});

/** Everything that can be listed, described, run, and read, with `harm` in each of its texts. */
function fill(harm: (text: string) => string): void {
  backend = keeping(new FakePipelineBackend(new FakeClock()));
  void backend.experiments?.create(harm('experiment'), signal);
  store = new MemoryObjectStore();
  const schedules = new MemorySchedules(backend);
  backend.schedules = schedules;
  const made = {
    id: harm('id'),
    name: harm('schedule'),
    pipeline: { id: 'good.yaml' as PipelineId, name: harm('name') },
  };
  schedules.add(made);
  schedules.add({ ...made, id: harm('off'), enabled: false, timing: { kind: 'cron', cron: harm('cron') } });
  const { pipeline, preparation, run } = outsideTexts(harm);
  const { problem: _problem, outline: _outline, ...compiled } = pipeline;
  const [{ unknownDefault: _unknown, ...known }] = compiled.parameters as [(typeof compiled.parameters)[0]];
  const complete = { ...compiled, parameters: [known] };
  const { cachedFrom: _cached, ...task } = run.tasks[0]!;
  const good = { ...run, state: 'succeeded' as const, preparationStatus: harm('x') };
  const { blockers: _blockers, compiles: _compiles, ...runnable } = preparation;
  backend.preparation = { ...runnable, blockers: [] };
  backend.addPipeline({ ...pipeline, id: 'broken.yaml' });
  backend.addPipeline({ ...compiled, outline: true, id: 'outline.yaml' });
  backend.addPipeline({ ...complete, id: 'blocked.yaml' });
  backend.addPipeline({ ...complete, id: 'good.yaml', blockers: [] });
  backend.addPipeline({ ...complete, id: 'kept', blockers: [], source: { kind: 'server' } });
  const id = (name: string) => `${harm('run')}-${name}` as RunId;
  const of = { ...run.pipeline, id: 'good.yaml' as PipelineId };
  backend.addRun({
    ...good,
    id: id('1'),
    number: 1,
    createdAt: 1,
    parameters: {},
    metrics: [],
    pipeline: of,
  });
  backend.addRun({ ...good, id: id('2'), number: 2, createdAt: 2, pipeline: of });
  const before = { name: harm('number'), value: 0.4, task: harm('task'), artifact: harm('artifact') };
  backend.addRun({ ...good, id: id('3'), number: 3, createdAt: 3, metrics: [before], pipeline: of });
  backend.addRun({ ...good, id: id('4'), number: 4, createdAt: 4, pipeline: of });
  backend.addRun({ ...run, id: id('5'), number: 5, createdAt: 5, tasks: [task] });
  backend.addRun({ ...run, id: id('6'), number: 6, createdAt: 6, tasks: [] });
  backend.addRun({ ...run, id: id('7'), number: 7, createdAt: 7, state: 'preparing' });
  const running = { ...task, state: 'running' as const };
  backend.addRun({ ...run, id: id('8'), number: 8, createdAt: 8, state: 'running', tasks: [running] });
  backend.addRun({ ...run, id: id('9'), number: 9, createdAt: 9, state: 'interrupted', tasks: [task] });
  for (const number of ['4', '5']) {
    backend.setLog(id(number), task.path, `${harm('log')}\n${harm('more')}`);
    backend.setSource(id(number), task.path, `def train():\n    ${harm('code')}\n${harm('more')}`);
  }
  const bucket = harm('bucket').replaceAll('/', '∕') || 'bucket';
  store.put(bucket.replace(/^\./, ''), harm('key').replaceAll(/\/\/+/g, '/') || 'key', harm('object'));
  deps = toolDeps(backend, {
    objects: store,
    clock: impatient(),
    report: (line) => shown.push(plain(line)),
    ask: async (question) => shown.push(...Object.values(renderQuestionMarkdown(question))) > 0,
  });
}

/** Every text that people and models get of a call: its progress, its question, its answer or its error. */
async function textsOf(name: string, input: object): Promise<readonly string[]> {
  const tool = findTool(`mlops_${name}`);
  if (tool === undefined) throw new Error(`There is no tool ${name}.`);
  const failed = (error: unknown) => {
    const failure = toMlopsError(error);
    if (failure.kind === 'internal') throw error;
    return { text: errorText(failure), mentions: [] };
  };
  const asked = await tool.prepare(input, deps, signal).catch(failed);
  const outcome = await tool.call(input, deps, signal).catch(failed);
  mentions.push(...outcome.mentions);
  const question =
    asked === undefined
      ? []
      : 'question' in asked
        ? Object.values<string>({ ...renderQuestionMarkdown(asked.question) })
        : [asked.text];
  return [tool.progress(input), ...question, outcome.text];
}

/** A clock on which every wait is over at once. */
function impatient(): ToolDeps['clock'] {
  let time = backend.clock.now();
  return { now: () => time, delay: async () => void (time += 60_000) };
}

const calls: readonly (readonly [string, object])[] = [
  ['list_pipelines', {}],
  ['describe_pipeline', { pipeline: 'good.yaml' }],
  ['describe_pipeline', { pipeline: 'broken.yaml' }],
  ['describe_pipeline', { pipeline: 'blocked.yaml' }],
  ['describe_pipeline', { pipeline: 'outline.yaml' }],
  ['run_pipeline', { pipeline: 'good.yaml', wait: 0 }],
  ['run_pipeline', { pipeline: 'broken.yaml' }],
  ['run_pipeline', { pipeline: 'blocked.yaml' }],
  ['run_pipeline', { pipeline: 'good.yaml', parameters: { depth: 3 } }],
  ['wait_for_run', { run: '4' }],
  ['wait_for_run', { run: '5' }],
  ['wait_for_run', { run: '7', wait: 0 }],
  ['wait_for_run', { run: '8', wait: 0 }],
  ['wait_for_run', { run: '9' }],
  ['list_runs', {}],
  ['list_runs', { pipeline: 'good.yaml' }],
  ['list_runs', { pipeline: 'evil' }],
  ['list_runs', { state: 'stopped', since: '1970-01-01' }],
  ['list_runs', { state: 'failed', until: 'today' }],
  ['list_runs', { best: true }],
  ['list_runs', { best: true, better: 'lower' }],
  ['list_runs', { metric: 'nothing' }],
  ['describe_run', { run: '1' }],
  ['describe_run', { run: '2' }],
  ['describe_run', { run: '4' }],
  ['describe_run', { run: '5' }],
  ['describe_run', { run: '6' }],
  ['describe_run', { run: '7' }],
  ['describe_run', { run: '9' }],
  ['diagnose_run', { run: '4' }],
  ['diagnose_run', { run: '5' }],
  ['diagnose_run', { run: '6' }],
  ['diagnose_run', { run: '7' }],
  ['diagnose_run', { run: '8' }],
  ['diagnose_run', { run: '9' }],
  ['read_task_log', { run: '4' }],
  ['read_task_log', { run: '5', search: 'evil' }],
  ['read_task_log', { run: '5', task: 'nowhere' }],
  ['read_task_log', { run: '6' }],
  ['read_source', { run: '4' }],
  ['read_source', { run: '5', task: 'nowhere' }],
  ['read_source', { pipeline: 'good.yaml' }],
  ['compare_runs', { run: '4', with: '3' }],
  ['compare_runs', { run: '4', with: '6' }],
  ['compare_runs', { run: '1' }],
  ['compare_runs', { runs: ['2', '3', '4', '5', '6'] }],
  ['compare_runs', { runs: ['good.yaml', '1'] }],
  ['stop_run', { run: '5' }],
  ['stop_run', { run: '7' }],
  ['stop_run', { run: '8' }],
  ['delete_runs', { run: '8' }],
  ['delete_runs', { run: '4' }],
  ['delete_runs', { run: '5' }],
  ['delete_runs', { runs: ['4', '5', '6'] }],
  ['change_runs', { action: 'archive', runs: ['4', '5'] }],
  ['change_runs', { action: 'retry', run: '5' }],
  ['change_runs', { action: 'retry', run: '4' }],
  ['upload_pipeline', { pipeline: 'good.yaml' }],
  ['upload_pipeline', { pipeline: 'blocked.yaml' }],
  ['list_pipelines', { versions: 'kept' }],
  ['run_pipeline', { pipeline: 'kept@1', wait: 0 }],
  ['run_pipeline', { pipeline: 'kept@9' }],
  ['delete_pipeline', { pipeline: 'kept@1' }],
  ['delete_pipeline', { pipeline: 'kept' }],
  ['list_experiments', {}],
  ['list_runs', { experiment: 'experiment-2' }],
  ['change_experiment', { action: 'archive', experiment: 'experiment-2' }],
  ['delete_pipeline', { experiment: 'experiment-2' }],
  ['install_compiler', {}],
  ['list_schedules', {}],
  ['schedule_pipeline', { pipeline: 'good.yaml', when: 'every weekday at 6' }],
  ['schedule_pipeline', { pipeline: 'good.yaml', when: 'soon' }],
  ['schedule_pipeline', { schedule: 'the schedule', enabled: false }],
  ['schedule_pipeline', { schedule: 'the schedule', enabled: true }],
  ['delete_schedule', { schedule: 'the schedule' }],
  ['list_objects', {}],
  ['check_connection', {}],
];

describe.each(all)('%s in text from outside', (_what, harm) => {
  beforeEach(() => fill(harm));

  it.each(calls)('stays text in the question and the answer of %s %j', async (name, input) => {
    const texts = await textsOf(name, input);
    expect([...texts, ...shown].flatMap(livingMarkup)).toEqual([]);
  });

  it('stays text in the question and the answer about a file that has to be compiled', async () => {
    backend.preparation = { ...backend.preparation, compiles: harm('file') };
    const texts = await textsOf('run_pipeline', {
      pipeline: 'good.yaml',
      wait: 0,
      name: harm('name') || 'x',
    });
    expect([...texts, ...shown].flatMap(livingMarkup)).toEqual([]);
  });

  it('stays text in answers about objects', async () => {
    for (const { name: bucket } of await store.listBuckets(signal)) {
      const { items } = await store.listObjects(bucket, { prefix: '' }, signal);
      for (const { key } of items) {
        const texts = [
          ...(await textsOf('list_objects', { bucket })),
          ...(await textsOf('list_objects', { bucket, prefix: key })),
          ...(await textsOf('read_object', { bucket, key: key === '' ? 'x' : key })),
          ...(await textsOf('read_object', { bucket, key, details: true })),
          ...(await textsOf('list_objects', { bucket, count: true })),
          ...(await textsOf('list_objects', { order: 'largest' })),
          ...(await textsOf('list_objects', { name: key.slice(0, 3) || 'x', type: 'csv' })),
          ...(await textsOf('link_object', { bucket, key })),
          ...(await textsOf('plot_object', { bucket, key, columns: [harm('column') || 'x'] })),
          ...(await textsOf('trace_object', { object: [bucket, key].join('/') })),
          ...(await textsOf('upload_object', { bucket, key, text: harm('text') || 'x' })),
          ...(await textsOf('copy_object', { bucket, key, to: `${bucket}/${key}-2`, move: true })),
          ...(await textsOf('compare_objects', { bucket, key: `${key}-2`, other: `${bucket}/${key}` })),
          ...(await textsOf('delete_objects', { bucket, keys: [key, `${key}x`] })),
        ];
        expect([...texts, ...shown].flatMap(livingMarkup)).toEqual([]);
        store.put(bucket, key, 'again');
        const all = [
          ...(await textsOf('delete_objects', { bucket, prefix: key.slice(0, 1) })),
          ...(await textsOf('delete_objects', { bucket, all: true })),
        ];
        expect([...all, ...shown].flatMap(livingMarkup)).toEqual([]);
      }
    }
  });

  it('stays text when it is in the input of a call', async () => {
    const text = harm('asked').slice(0, 200);
    const inputs = [
      { run: text },
      { run: '5', task: text },
      { run: '5', search: text },
      { run: '5', with: text },
      { runs: ['5', text] },
      { pipeline: text },
      { pipeline: 'good.yaml', parameters: { [text]: text } },
      { bucket: text, key: text },
      { bucket: text, prefix: text },
      { schedule: text, enabled: true },
      { pipeline: 'good.yaml', when: text, name: text },
      { metric: text, best: true },
      { since: text },
      { text },
      { [text]: text },
    ];
    for (const tool of tools) {
      for (const input of inputs) {
        const texts = await textsOf(tool.name.replace('mlops_', ''), input);
        expect(texts.flatMap(livingMarkup)).toEqual([]);
      }
    }
  });

  it('stays text in errors and in answers of MLOps Basics', async () => {
    const error = new MlopsError('invalid', `It cannot be read: ${harm('name')}.`, {
      hint: `Look at ${harm('file')}.`,
      outside: harm('said'),
    });
    const texts = [error, new Error(harm('thrown'))].map((thrown) => errorText(toMlopsError(thrown)));
    expect(texts.flatMap(livingMarkup)).toEqual([]);
    const request = { person: harm('sentence'), focus: {}, tools: [], results: [] };
    const basics = answerBasics(request);
    expect(basics.kind === 'text' ? livingMarkup(basics.text) : []).toEqual([]);
  });

  it('adds no line to the lists of the focus, nor to the parameters of its run', async () => {
    for (const [name, input] of calls) await textsOf(name, input);
    const { lists = [] } = moveFocus({}, aboutResult(mentions));
    const values = { [harm('name')]: harm('value') };
    const block = focusBlock({ run: harm('run'), parameters: { values, left: 0 }, lists });
    expect(lists).not.toEqual([]);
    expect(block.split('\n')).toHaveLength(3 + lists.length);
    expect(block).not.toMatch(/[\p{Cf}\p{Zl}\p{Zp}\r]/u);
    expect(readFocusBlock(block)).toEqual({ run: harm('run'), lists });
  });

  it('adds no line to the focus and no markup to follow-ups', async () => {
    for (const [name, input] of calls) await textsOf(name, input);
    mentions.push(
      { kind: 'object', connection: thisMachine, bucket: harm('bucket'), key: harm('key') },
      { kind: 'bucket', connection: thisMachine, bucket: harm('bucket'), prefix: harm('prefix') },
      { kind: 'more', connection: thisMachine, tool: 'mlops_list_runs', input: { page: harm('page') } },
    );
    for (const mention of mentions) {
      const focus = moveFocus({}, aboutResult([mention]));
      const [, ...lines] = focusBlock(focus).split('\n');
      expect(lines).toHaveLength(Object.keys(focus).length);
      expect(lines.join('\n')).not.toMatch(/[\p{Cf}\p{Zl}\p{Zp}\r]/u);
      expect(readFocusBlock(focusBlock(focus)) ?? {}).toEqual(focus);
      for (const { prompt } of followUps([mention])) {
        expect(prompt).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(livingMarkup(followUpLabel(prompt))).toEqual([]);
      }
    }
  });
});

describe('hiding a secret', () => {
  const note = '[evil](https://evil.com)';
  const withSecret = (secret: string) => {
    fill(String);
    const values = { password: secret, depth: '3', note };
    const parameters = Object.entries(values).map(([name, value]) => {
      return { name, type: 'string', required: false, default: value } as const;
    });
    backend.addPipeline({ name: 'secret', parameters, notes: [{ what: 'x', message: `aaaaaa${note}` }] });
    const id = 'secret-20' as RunId;
    const pipeline = { id: 'secret.yaml' as PipelineId, name: 'secret' };
    const { tasks, ...run } = outsideTexts(String).run;
    backend.addRun({ ...run, id, number: 20, pipeline, parameters: values, tasks });
    backend.setLog(id, tasks[0]!.path, 'evil\n# evil');
  };

  it.each([
    '` = `3`',
    '` = `',
    '3`, `note',
    '\\n```\\n',
    '```text',
    'aaaaaa\\\\',
    ' (data, not instructions):',
    'instructions',
  ])('does not turn other text into markup when the secret is %j', async (secret) => {
    withSecret(secret);
    for (const [name, input] of [
      ['run_pipeline', { pipeline: 'secret', wait: 0 }],
      ['describe_pipeline', { pipeline: 'secret' }],
      ['describe_run', { run: '20' }],
      ['read_task_log', { run: '20' }],
      ['list_runs', {}],
    ] as const) {
      const texts = await textsOf(name, input);
      expect(texts.flatMap(livingMarkup)).toEqual([]);
    }
  });
});

it('the harmful text of these tests does reach people', async () => {
  fill(harms['a link'] ?? String);
  for (const [name, input] of calls.slice(0, 4)) {
    const text = (await textsOf(name, input)).at(-1);
    expect(text).toContain('expired, sign in');
  }
});
