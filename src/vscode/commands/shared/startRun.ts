import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Pipeline } from '../../../core/domain/pipeline.ts';
import type { ConnectionInfo } from '../../../core/domain/connection.ts';
import type { Run } from '../../../core/domain/run.ts';
import type { ParameterValues } from '../../../core/pipelines/parameterForm.ts';
import type { PipelineBackend, Preparation, RunRequest } from '../../../core/ports/pipelineBackend.ts';
import { ChangedSince } from '../../../core/ports/changedSince.ts';
import { runQuestion } from '../../../core/pipelines/runQuestion.ts';
import { deadline } from '../../deadline.ts';
import type { Services } from '../../services.ts';
import type { Session } from '../../session.ts';
import { askWith } from '../../window/askQuestion.ts';
import { complain, mention } from '../../window/messages.ts';
import { progress } from './progress.ts';
import { refused } from './readPipeline.ts';

/** A run that a person is about to start, with all values as they are shown. */
export interface PlannedRun {
  readonly pipeline: Pipeline;
  readonly values: ParameterValues;
  /** False: every task runs anew. */
  readonly cache: boolean;
  /** The label of the run that it repeats. */
  readonly again?: string;
}

/**
 * The result of asking: the run was started, the person wants to change its values, wants to be asked again since something
 * has changed, or leaves (or it cannot run).
 */
export type StartAnswer = 'started' | 'change' | 'again' | 'left';

/** Asks once, showing all that the run does, and starts it. */
export async function askAndStart(
  services: Services,
  backend: PipelineBackend,
  planned: PlannedRun,
): Promise<StartAnswer> {
  const preparation = await prepare(backend, planned);
  if (preparation === undefined) return 'left';
  const question = runQuestion({ ...planned, preparation, ...namedPlace(services, backend) });
  const others = planned.pipeline.parameters.length === 0 ? [] : ['Run with…'];
  const answer = await askWith(question, 'information', others);
  if (answer === undefined) return 'left';
  if (answer !== question.verb) return 'change';
  return start(services, backend, planned, preparation);
}

/** What a run needs. Undefined when it cannot run here and the person was told so. */
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

/** Starts what the person agreed to and shows the run; offers to ask again when something has changed since. */
export async function start(
  { session }: Services,
  backend: PipelineBackend,
  planned: PlannedRun,
  { install, fingerprint }: Preparation,
): Promise<'started' | 'again' | 'left'> {
  const request = { ...requestOf(planned), agreed: fingerprint };
  try {
    const run = await progress(`Starting ${planned.pipeline.name}`, (signal) =>
      backend.createRun(request, signal),
    );
    await show(session, await backend.getRun(run, deadline()), install.length > 0);
    return 'started';
  } catch (error) {
    if (error instanceof ChangedSince) return offerAgain(error);
    throw error;
  }
}

/** The connection for a question, only where there are several. */
export function namedPlace(
  { connections }: Services,
  { connection }: PipelineBackend,
): { readonly connection?: ConnectionInfo } {
  return connections.all.length > 1 ? { connection } : {};
}

async function show(session: Session, run: Run, installs: boolean): Promise<void> {
  session.watchedRuns.expectEnd(run);
  mention(installs ? `${run.label}: installing packages` : `${run.label} started`, 5000);
  session.treeRequests.fire({ kind: 'select', run });
  // The person may be typing in their code: keep the focus there.
  await Promise.resolve(
    vscode.commands.executeCommand('mlops.pipelines.focus', { preserveFocus: true }),
  ).catch(() => undefined);
}

async function offerAgain({ message }: ChangedSince): Promise<'again' | 'left'> {
  const again = 'Ask again';
  return (await complain(message, again)) === again ? 'again' : 'left';
}

const requestOf = ({ pipeline, values, cache }: PlannedRun): RunRequest => ({
  pipeline: pipeline.id,
  parameters: values,
  cache,
  idempotencyKey: randomUUID(),
});
