import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Pipeline } from '../../core/domain/pipeline.ts';
import type { RunId } from '../../core/domain/run.ts';
import type { Values } from '../../core/pipelines/parameterForm.ts';
import type { PipelineBackend, Preparation, RunRequest } from '../../core/ports/pipelineBackend.ts';
import { expectEnd } from '../notifications/watchedRuns.ts';
import { askModal, mention } from '../window/messages.ts';
import { progress } from './progress.ts';
import { refused } from './readPipeline.ts';
import { runQuestion } from './runQuestion.ts';

/** A run that a person is about to start: every value as it is shown. */
export interface PlannedRun {
  readonly pipeline: Pipeline;
  readonly values: Values;
  /** False: every task runs anew. */
  readonly cache: boolean;
  /** The run that it repeats. */
  readonly again?: RunId;
}

/** What came of asking: the run was started, the person wants to change its values, or leaves (or it cannot run). */
export type Answer = 'started' | 'change' | 'left';

/** Asks once, with all that the run does, and starts it. */
export async function askAndStart(backend: PipelineBackend, planned: PlannedRun): Promise<Answer> {
  const preparation = await prepare(backend, planned);
  if (preparation === undefined) return 'left';
  const { title, detail, yes } = runQuestion(planned, preparation);
  const others = planned.pipeline.parameters.length === 0 ? [] : ['Run with…'];
  const answer = await askModal({ title, detail }, yes, ...others);
  if (answer === undefined) return 'left';
  if (answer !== yes) return 'change';
  await start(backend, planned, preparation);
  return 'started';
}

/** What a run needs. Undefined when it cannot run here, which was said. */
export async function prepare(
  backend: PipelineBackend,
  planned: PlannedRun,
): Promise<Preparation | undefined> {
  const { name } = planned.pipeline;
  const request = requestOf(planned);
  const preparation = await progress(`Looking at what ${name} needs`, (signal) =>
    backend.prepareRun(request, signal),
  );
  return (await refused(name, preparation.blockers)) ? undefined : preparation;
}

/** Starts what the person agreed to, and shows the run where it is watched. */
export async function start(
  backend: PipelineBackend,
  planned: PlannedRun,
  { install }: Preparation,
): Promise<RunId> {
  const request = requestOf(planned);
  const run = await progress(`Starting ${planned.pipeline.name}`, (signal) =>
    backend.createRun(request, signal),
  );
  expectEnd(run);
  const what = install.length > 0 ? `${run}: preparing Python` : `${run} started`;
  mention(what, 5000);
  // The person may be in their code, and goes on there.
  await vscode.commands.executeCommand('mlops.pipelines.focus', { preserveFocus: true });
  return run;
}

const requestOf = ({ pipeline, values, cache }: PlannedRun): RunRequest => ({
  pipeline: pipeline.id,
  parameters: values,
  cache,
  idempotencyKey: randomUUID(),
});
