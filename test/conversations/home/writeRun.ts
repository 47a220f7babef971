import { mkdir, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { JsonObject } from '../../../src/core/domain/json.ts';
import { type SeededTask, seededPipeline } from './seededPipelines.ts';
import type { SeededRun } from './seededRuns.ts';

/** Where the seeded home is, and the workspace that its runs come from. */
export interface SeededFolders {
  readonly home: string;
  readonly workspace: string;
}

const taskMs = 4000;

/** Writes a run as the local runner leaves it: its record, the source and log of each task, and its artifacts. Returns its id. */
export async function writeRun(
  { home, workspace }: SeededFolders,
  run: SeededRun,
  number: number,
): Promise<string> {
  const { name, tasks } = seededPipeline(run.pipeline);
  const id = `${name}-${number}`;
  const folder = path.join(home, 'runs', String(number));
  const createdAt = Date.parse(`${run.at}Z`);
  const failed = tasks.findIndex((task) => task.name === run.failure?.task);
  const rows: JsonObject[] = [];
  for (const [index, task] of tasks.entries()) {
    const startedAt = createdAt + 500 + index * taskMs;
    const skipped = failed >= 0 && index > failed;
    const row = { task, run, index, startedAt, fails: index === failed };
    if (!skipped) await writeTask(folder, row);
    const artifacts = skipped || row.fails ? [] : await writeArtifacts(home, id, row);
    rows.push(taskRow(row, skipped, artifacts));
  }
  const state = run.failure === undefined ? 'succeeded' : 'failed';
  const ran = failed >= 0 ? failed + 1 : tasks.length;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const record = {
    ...{ schema: 1, seq: 9, id, number, name: id, createdAt, startedAt: createdAt + 500, state },
    pipeline: {
      id: `${name}.yaml`,
      name,
      source: { kind: 'yaml', file: path.join(workspace, `${name}.yaml`), label: `${name}.yaml` },
    },
    arguments: run.parameters,
    cache: true,
    notes: [],
    endedAt: createdAt + 500 + ran * taskMs,
    environments: [],
    error: run.failure === undefined ? null : { kind: 'task', ...failureOf(run) },
    outputs: {},
    tasks: rows,
  };
  await writeFile(path.join(folder, 'run.json'), JSON.stringify(record), { mode: 0o600 });
  return id;
}

interface TaskRow {
  readonly task: SeededTask;
  readonly run: SeededRun;
  readonly index: number;
  readonly startedAt: number;
  readonly fails: boolean;
}

function failureOf({ failure }: SeededRun): JsonObject {
  return { type: failure?.type ?? '', message: failure?.message ?? '', task: failure?.task ?? '' };
}

const logPath = ({ index }: TaskRow) => `tasks/${index + 1}/1/log`;

async function writeTask(folder: string, row: TaskRow): Promise<void> {
  const file = path.join(folder, logPath(row));
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, `${logLines(row).join('\n')}\n`);
  await writeFile(path.join(path.dirname(file), 'component.py'), row.task.source);
}

/** What the task printed, and the traceback where it failed. */
function logLines({ task, run, fails }: TaskRow): readonly string[] {
  const printed = task.prints.map((line) => `INFO ${task.name}: ${line}`);
  if (!fails || run.failure === undefined) return printed;
  const { type, message, text } = run.failure;
  return [
    ...printed,
    'Traceback (most recent call last):',
    '  File "kfp/dsl/executor.py", line 377, in execute',
    '    result = self.func(**func_kwargs)',
    `  File "component.py", line ${lineOf(task, text)}, in ${task.name.replaceAll('-', '_')}`,
    `    ${text}`,
    `${type}: ${message}`,
  ];
}

function lineOf({ source }: SeededTask, text: string): number {
  return source.split('\n').findIndex((line) => line.trim() === text) + 1;
}

async function writeArtifacts(
  home: string,
  id: string,
  { task, run, startedAt }: TaskRow,
): Promise<JsonObject[]> {
  const made: JsonObject[] = [];
  const written = new Date(startedAt + taskMs);
  for (const [name, type] of Object.entries(task.makes ?? {})) {
    const file = path.join(home, 'objects', 'artifacts', run.pipeline, id, task.name, 'a1', name);
    if (type === 'Dataset' || type === 'Model') {
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      await writeFile(file, type === 'Dataset' ? 'a,b,target\n1,2,0\n3,4,1\n' : 'model');
      await utimes(file, written, written);
    }
    made.push({ name, type: `system.${type}`, uri: file, metadata: metadataOf(run, type) });
  }
  return made;
}

function metadataOf({ metrics = {}, matrix }: SeededRun, type: string): JsonObject {
  if (type === 'Metrics') return metrics;
  if (type !== 'ClassificationMetrics' || matrix === undefined) return {};
  const annotationSpecs = matrix.map((_, index) => ({ displayName: `class ${index}` }));
  return { confusionMatrix: { annotationSpecs, rows: matrix.map((row) => ({ row })) } };
}

function taskRow(row: TaskRow, skipped: boolean, artifacts: JsonObject[]): JsonObject {
  const { task, run, startedAt, fails } = row;
  const head = { path: task.name, name: task.name, displayName: task.name, kind: 'task', retries: 0 };
  if (skipped) return { ...head, state: 'skipped', because: 'upstream', attempts: [], artifacts: [] };
  const state = fails ? 'failed' : 'succeeded';
  const log = logPath(row);
  const scalars = artifacts.some(({ type }) => type === 'system.Metrics')
    ? { metrics: run.metrics ?? {} }
    : {};
  return {
    ...head,
    ...{ state, startedAt, endedAt: startedAt + taskMs, log, artifacts },
    attempts: [{ number: 1, state, log }],
    metrics: scalars,
    error: fails && run.failure !== undefined ? taskError(task, run.failure) : null,
  };
}

function taskError(task: SeededTask, { type, message, text }: NonNullable<SeededRun['failure']>): JsonObject {
  const line = lineOf(task, text);
  const name = task.name.replaceAll('-', '_');
  return { kind: 'exception', type, message, line, text, function: name, offset: line - 1 };
}
