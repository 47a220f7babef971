import * as vscode from 'vscode';
import { placeName } from '../../core/connections/placeName.ts';
import { onPlace } from '../../core/domain/question.ts';
import type { RunId, RunState } from '../../core/domain/run.ts';
import { keptPipeline } from '../../core/pipelines/deleteKept.ts';
import { libraryOf } from '../../core/pipelines/keptPipelines.ts';
import { planUpload, uploadQuestion } from '../../core/pipelines/planUpload.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import type { PageSubject, PipelineBackend } from '../../core/ports/pipelineBackend.ts';
import { changeRunsQuestion, type RunChange } from '../../core/runs/changeRunsQuestion.ts';
import { deadline } from '../deadline.ts';
import type { Services } from '../services.ts';
import { ask } from '../window/askQuestion.ts';
import { inform } from '../window/messages.ts';
import type { Handler } from './command.ts';
import { changingBackend } from './shared/allowed.ts';
import { targetOf } from './shared/arguments.ts';
import { choosePipeline } from './shared/choosePipeline.ts';
import { deleteTyped } from './shared/deleteTyped.ts';
import { pickRun } from './shared/pick.ts';
import { backendOf } from './shared/place.ts';
import { readPipeline } from './shared/readPipeline.ts';

/** Uploads a pipeline of the workspace to the server, after asking: as a new version of the one of its name, else as a new one. */
export function uploadPipeline(services: Services): Handler {
  return async (...args) => {
    const backend = await changingBackend(services, 'write', targetOf(args).connection);
    const library = libraryOf(backend);
    const id = await choosePipeline(backend, args, 'Upload which pipeline?');
    const pipeline = id === undefined ? undefined : await readPipeline(backend, id);
    if (pipeline === undefined) return;
    const plan = await planUpload(backend, { pipeline: pipeline.id }, deadline());
    if (!(await ask(uploadQuestion(plan, backend), 'information'))) return;
    const { name, version = name, into, preparation } = plan;
    const what = { pipeline: pipeline.id, name: version, agreed: preparation.fingerprint };
    const made = await library.upload({ ...what, ...(into === undefined ? {} : { into }) }, deadline());
    void inform(`${name} was uploaded to ${backend.connection.name} as version ${made.number}.`);
  };
}

/** Asks for the name of a pipeline that the server keeps, then deletes it with its versions; of a version, just this one. */
export function deletePipeline(services: Services): Handler {
  return async (...args) => {
    const backend = await changingBackend(services, 'destroy', targetOf(args).connection);
    const id = await choosePipeline(backend, args, 'Delete which pipeline of the server?');
    if (id === undefined) return;
    const kept = await keptPipeline(backend, id, deadline());
    await deleteTyped(services, backend, kept);
  };
}

const retriable: readonly RunState[] = ['failed', 'stopped'];

/** Lets a failed or stopped run go on, after asking. */
export function retryRun(services: Services): Handler {
  return async (...args) => {
    const backend = await changingBackend(services, 'write', targetOf(args).connection);
    if (backend.retryRun === undefined)
      throw lacking(backend, 'Runs cannot go on', 'Run it again: finished tasks come from the cache.');
    const choice = { states: retriable, none: 'No run has failed.' };
    const run =
      targetOf(args).run ?? (await pickRun(backend, services.clock, 'Retry which run?', choice))?.id;
    if (run === undefined) return;
    if (await agrees(services, backend, { change: 'retry', run })) await backend.retryRun(run, deadline());
  };
}

/** Takes a run out of the lists, or brings it back, after asking. */
export function archiveRun(services: Services, archived: boolean): Handler {
  const change = archived ? 'archive' : 'unarchive';
  return async (...args) => {
    const backend = await changingBackend(services, 'write', targetOf(args).connection);
    if (backend.archiveRun === undefined)
      throw lacking(backend, 'Runs are not archived', 'Delete those that are not needed.');
    const title = archived ? 'Archive which run?' : 'Unarchive which run?';
    const choice = archived ? {} : { archived: true, none: 'No run is archived.' };
    const run = targetOf(args).run ?? (await pickRun(backend, services.clock, title, choice))?.id;
    if (run !== undefined && (await agrees(services, backend, { change, run })))
      await backend.archiveRun(run, archived, deadline());
  };
}

/** Opens a run or a pipeline in the connection's own user interface, in the browser. */
export function openPage(services: Services): Handler {
  return async (...args) => {
    const backend = await backendOf(services, args);
    if (backend.pageOf === undefined)
      throw lacking(backend, 'Nothing has a page of its own', 'Open its results here.');
    const subject = await subjectOf(services, backend, args);
    if (subject !== undefined) await vscode.env.openExternal(vscode.Uri.parse(backend.pageOf(subject), true));
  };
}

async function subjectOf(
  services: Services,
  backend: PipelineBackend,
  args: readonly unknown[],
): Promise<PageSubject | undefined> {
  const { run, pipeline } = targetOf(args);
  if (run === undefined && pipeline !== undefined) return { kind: 'pipeline', id: pipeline };
  const id = run ?? (await pickRun(backend, services.clock, 'Open which run?'))?.id;
  return id === undefined ? undefined : { kind: 'run', id };
}

async function agrees(
  services: Services,
  backend: PipelineBackend,
  { change, run }: { readonly change: RunChange; readonly run: RunId },
): Promise<boolean> {
  const question = changeRunsQuestion(change, [await backend.getRun(run, deadline())]);
  return ask(onPlace(question, placeName(services.connections, backend.connection)), 'information');
}

function lacking({ connection }: PipelineBackend, what: string, hint: string): MlopsError {
  return new MlopsError('unsupported', `${what} on ${connection.name}.`, { hint });
}
