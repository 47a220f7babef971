import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Run, RunId } from '../../core/domain/run.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import type { PipelineBackend } from '../../core/ports/pipelineBackend.ts';
import { failedTask } from '../../core/runs/failedTask.ts';
import { allPipelines } from '../../core/pipelines/allPipelines.ts';
import { lastRunsOfFile } from '../../core/runs/lastRuns.ts';
import { literal } from '../../core/text/literal.ts';
import { shorten } from '../../core/text/markdown.ts';
import { lineRange } from '../code/diagnostics.ts';
import { type FailurePlace, failurePlaces } from '../code/failurePlace.ts';
import { editorFiles } from '../code/sourceFiles.ts';
import type { Services } from '../services.ts';
import { deadline } from '../deadline.ts';
import type { Target } from '../target.ts';
import { sourceUri } from '../uris.ts';
import { inform } from '../window/messages.ts';
import type { Handler } from './command.ts';
import { targetOf } from './shared/arguments.ts';
import { fileOf } from './shared/choosePipeline.ts';
import { pickRun } from './shared/pick.ts';
import { backendOf } from './shared/place.ts';

/** Opens the line of the person's own file that a run failed on, or the source as it ran where there is none. */
export function goToFailingLine(services: Services): Handler {
  return async (...args) => {
    const target = targetOf(args);
    const backend = await backendOf(services, args);
    const id = target.run ?? (await lastFailed(backend, target)) ?? (await chooseFailed(backend, services));
    if (id === undefined) return;
    const run = await backend.getRun(id, deadline());
    const places = await failurePlaces(run, editorFiles, backend, target.task);
    if (places.length === 0) await showSource(backend, run, target.task);
    const place = places.length > 1 ? await choosePlace(places) : places[0];
    if (place !== undefined) await showPlace(run, place);
  };
}

/** Asks which file is meant where several have the same function. */
async function choosePlace(places: readonly FailurePlace[]): Promise<FailurePlace | undefined> {
  const items = places.map((place) => ({
    label: literal(vscode.workspace.asRelativePath(place.file)),
    description: `line ${place.line}`,
    place,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: 'The line stands in several files. Which one?',
  });
  return chosen?.place;
}

const title = 'The failing line of which run?';

/** Does not ask where only one run has failed. */
async function chooseFailed(backend: PipelineBackend, { clock }: Services): Promise<RunId | undefined> {
  const { items } = await backend.listRuns({ size: 2, states: ['failed'] }, deadline());
  if (items.length === 1) return items[0]?.id;
  return (await pickRun(backend, clock, title, { states: ['failed'], none: 'No run has failed.' }))?.id;
}

/** The run that failed last among the last runs of the pipelines in the file in front. */
async function lastFailed(backend: PipelineBackend, target: Target): Promise<RunId | undefined> {
  const file = fileOf(target);
  if (file === undefined) return undefined;
  const last = await lastRunsOfFile(backend, file, await allPipelines(backend, deadline()), deadline());
  return last.find((run) => run.state === 'failed')?.id;
}

async function showPlace(run: Run, { file, line, changed, task }: FailurePlace): Promise<void> {
  await showLine(vscode.Uri.file(file), line);
  void vscode.commands.executeCommand('setContext', 'mlops.failingLineShown', true);
  if (!changed) return;
  const was = task.error.text === undefined ? '' : ` The line was: ${shorten(task.error.text, 100)}`;
  void inform(`${path.basename(file)} has changed since ${run.label}.${was}`);
}

async function showSource(backend: PipelineBackend, run: Run, task: string | undefined): Promise<void> {
  const failed = failedTask(run, task);
  if (failed === undefined || backend.readSource === undefined) throw withoutLine(run, task);
  await showLine(sourceUri(run, failed.path), failed.error.line ?? 1);
  void inform(`The file of ${failed.path} was not found. This is how it ran.`);
}

function withoutLine({ label, state }: Run, task: string | undefined): MlopsError {
  if (state !== 'failed') return new MlopsError('notFound', `${label} has not failed.`);
  const message = `${task === undefined ? label : `Task ${task} of ${label}`} failed on no line of Python.`;
  return new MlopsError('notFound', message, { hint: 'Its log and its results tell more.' });
}

/** Opens a document with the code of one line selected; `line` counts from 1. */
async function showLine(uri: vscode.Uri, line: number): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const shownLine = Math.min(line, document.lineCount);
  const selection = lineRange(shownLine, document.lineAt(shownLine - 1).text);
  await vscode.window.showTextDocument(document, { selection });
}
