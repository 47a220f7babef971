import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../src/core/domain/json.ts';
import type { PipelineId } from '../../src/core/domain/pipeline.ts';
import type { Run, TaskRun } from '../../src/core/domain/run.ts';
import { checkParameters } from '../../src/core/pipelines/checkParameters.ts';
import { caseFolders, type Case, type CaseFolder, type CaseTask } from './cases.ts';
import { PanelPage } from '../webviews/panelPage.ts';
import { samePanelFigures } from './panelFigures.ts';
import { localMachine, logText, never, runEnded, startRun, type LocalMachine } from './localMachine.ts';

/** Two at once suit two cores. */
for (const folder of caseFolders()) {
  describe(`conformance: ${path.basename(folder.folder)}`, { concurrent: true }, () => {
    let machine: LocalMachine;
    let panel: PanelPage;
    /** One panel for all: a run is looked at when the one before has been. */
    let looking: Promise<unknown> = Promise.resolve();
    beforeAll(async () => {
      [machine, panel] = await Promise.all([localMachine([folder.folder]), PanelPage.open()]);
    }, 60_000);
    afterAll(() => Promise.all([machine.remove(), panel.close()]));

    it.each(folder.cases)('$name: $what', async (testCase) => {
      if (testCase.state === 'REFUSED') return refused(machine, testCase, folder);
      const run = await carriedOut(machine, testCase, folder);
      const looked = looking.then(() => samePanelFigures(panel, run, machine.home));
      looking = looked.catch(() => undefined);
      await looked;
    });
  });
}

async function refused(machine: LocalMachine, testCase: Case, folder: CaseFolder): Promise<void> {
  const parameters = await argumentsOf(machine, testCase, folder);
  const pipeline = testCase.pipeline as PipelineId;
  const request = { pipeline, parameters, cache: true, idempotencyKey: crypto.randomUUID() };
  const { blockers } = await machine.backend.prepareRun(request, never);
  expect(blockers.map(({ what, task }) => ({ what, task }))).toEqual(testCase.said);
  for (const blocker of blockers)
    expect(blocker.message.length + (blocker.hint?.length ?? 0)).toBeGreaterThan(20);
  await expect(machine.backend.createRun(request, never)).rejects.toMatchObject({ kind: 'unsupported' });
}

async function carriedOut(machine: LocalMachine, testCase: Case, folder: CaseFolder): Promise<Run> {
  const id = await startRun(machine.backend, testCase.pipeline, await argumentsOf(machine, testCase, folder));
  const run = await runEnded(machine.backend, id);
  expect({
    state: run.state,
    error: run.state === 'failed' && testCase.state === 'FAILED' ? undefined : run.error,
  }).toEqual({
    state: testCase.state.toLowerCase(),
    error: undefined,
  });
  expect(run.outputs).toEqual(testCase.outputs ?? run.outputs);
  for (const note of testCase.said ?? []) expect(run.notes).toContainEqual(expect.objectContaining(note));
  if (!testCase.tasks) return run;
  expect(run.tasks.map((task) => task.path).toSorted()).toEqual(Object.keys(testCase.tasks).toSorted());
  for (const [name, wanted] of Object.entries(testCase.tasks)) await sameTask(machine, run, name, wanted);
  return run;
}

async function sameTask(machine: LocalMachine, run: Run, name: string, wanted: CaseTask): Promise<void> {
  const task = run.tasks.find((row) => row.path === name);
  expect({ name, state: task?.state, because: task?.skipReason }).toEqual({
    name,
    state: wanted.state.toLowerCase(),
    because: wanted.because,
  });
  if (!task) return;
  if (wanted.outputs) expect(task.outputs).toEqual(wanted.outputs);
  if (wanted.metrics) expect(metricsOf(task)).toMatchObject(wanted.metrics);
  if (wanted.error) expect(errorOf(task)).toMatchObject(wanted.error);
  if (wanted.log) await sameLog(machine, run, task, wanted.log);
}

async function sameLog(
  machine: LocalMachine,
  run: Run,
  task: TaskRun,
  beginnings: readonly string[],
): Promise<void> {
  const lines = (await logText(machine.backend, run.id, task.path)).split('\n');
  for (const beginning of beginnings) {
    expect(
      lines.filter((line) => line.startsWith(beginning)),
      `${task.path} printed "${beginning}"`,
    ).not.toHaveLength(0);
  }
}

function metricsOf(task: TaskRun): { readonly [artifact: string]: { readonly [name: string]: Json } } {
  const artifacts = new Set(task.metrics.map((metric) => metric.artifact));
  const metricsIn = (artifact: string) =>
    task.metrics.filter((metric) => metric.artifact === artifact).map(({ name, value }) => [name, value]);
  return Object.fromEntries(
    [...artifacts].map((artifact) => [artifact, Object.fromEntries(metricsIn(artifact))]),
  );
}

function errorOf(task: TaskRun) {
  return { type: task.error?.type, message: task.error?.message, line: task.error?.text };
}

async function argumentsOf(
  machine: LocalMachine,
  testCase: Case,
  folder: CaseFolder,
): Promise<{ readonly [name: string]: Json }> {
  const scratch = await mkdtemp(path.join(machine.home, 'scratch-'));
  const filled = JSON.parse(
    JSON.stringify(testCase.arguments)
      .replaceAll('{{scratch}}', scratch)
      .replaceAll('{{cases}}', folder.folder),
  ) as { [name: string]: Json };
  const pipeline = await machine.backend.getPipeline(testCase.pipeline as PipelineId, never);
  const checked = checkParameters(pipeline.parameters, filled);
  if (!checked.ok) throw new Error(checked.problems.join(' '));
  return checked.values;
}
