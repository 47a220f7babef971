import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipelineFile } from './pipelineFile.ts';
import { seededPipelines } from './seededPipelines.ts';
import { type SeededRun, seededRuns } from './seededRuns.ts';
import { type SeededFolders, writeRun } from './writeRun.ts';

/** A home and a workspace on disk, which are the test's own. */
export interface SeededHome extends SeededFolders {
  /** Stands for the extension's own files: no samples, so that no Python has to run. */
  readonly extension: string;
  /** Writes one more run, as if the runner had just carried it out. */
  readonly add: (run: SeededRun) => Promise<string>;
  /** Adds lines to what a task of a run printed. */
  readonly print: (run: number, task: number, lines: string) => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** Objects beside the artifacts, by path, each with the day on which it was stored. */
export const seededObjects: { readonly [file: string]: string } = {
  'datasets/churn/customers-2026-01.csv': '2026-01-05',
  'datasets/churn/customers-2026-04.csv': '2026-04-16',
  'datasets/diabetes/diabetes-2025-11.csv': '2025-11-18',
  'datasets/diabetes/diabetes-2026-04.csv': '2026-04-22',
  'datasets/iris/iris.csv': '2025-10-01',
  'reports/2026-03/summary.md': '2026-04-01',
  'reports/2026-04/importance.csv': '2026-04-29',
};

/** Writes the seeded home: pipelines, runs with their logs and artifacts, and dated objects. */
export async function seedHome(): Promise<SeededHome> {
  const root = await mkdtemp(path.join(tmpdir(), 'mlops-conversation-'));
  const [home, workspace, extension] = ['home', 'workspace', 'extension'].map((name) =>
    path.join(root, name),
  );
  if (home === undefined || workspace === undefined || extension === undefined)
    throw new Error('No folders.');
  await mkdir(home, { mode: 0o700 });
  await mkdir(workspace);
  await mkdir(path.join(extension, 'resources', 'samples'), { recursive: true });
  const folders = { home, workspace };
  await seedFolders(folders);
  let number = seededRuns.length;
  const add = (run: SeededRun) => writeRun(folders, run, (number += 1));
  return {
    ...{ home, workspace, extension, add },
    print: (run, task, lines) =>
      writeFile(path.join(home, 'runs', String(run), 'tasks', String(task), '1', 'log'), lines, {
        flag: 'a',
      }),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

/** Writes the same into folders that are there. */
export async function seedFolders(folders: SeededFolders): Promise<void> {
  for (const pipeline of seededPipelines)
    await writeFile(path.join(folders.workspace, `${pipeline.name}.yaml`), pipelineFile(pipeline));
  await Promise.all(seededRuns.map((run, index) => writeRun(folders, run, index + 1)));
  for (const [file, day] of Object.entries(seededObjects)) await writeObject(folders.home, file, day);
}

async function writeObject(home: string, name: string, day: string): Promise<void> {
  const file = path.join(home, 'objects', name);
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, `name,value\n${path.basename(name)},1\n`);
  const at = new Date(`${day}T08:00:00Z`);
  await utimes(file, at, at);
}
