import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Pipeline, PipelineId } from '../../core/domain/pipeline.ts';
import type { RunId } from '../../core/domain/run.ts';
import type { PipelineBackend, Preparation, RunRequest } from '../../core/ports/pipelineBackend.ts';
import { expectEnd } from '../notifications/watchedRuns.ts';
import type { Services } from '../services.ts';
import { changingBackend } from './allowed.ts';
import { choosePipeline } from './choosePipeline.ts';
import { progress } from './progress.ts';
import { blockersText, missingParameters, runQuestion } from './runQuestion.ts';
import type { Handler } from './table.ts';

/** Shows what would run, asks, and starts it. */
export function runPipeline(services: Services): Handler {
  return async (...args) => {
    const backend = await changingBackend(services, 'write');
    const id = await choosePipeline(services, args, 'Run which pipeline?');
    if (id === undefined) return;
    const pipeline = await progress('Reading the pipeline', (signal) => backend.getPipeline(id, signal));
    if (await refused(pipeline, pipeline.blockers)) return;
    const way = await chooseWay(pipeline);
    if (way === 'chat') await setInChat(pipeline);
    if (way === 'defaults') await confirmAndStart(backend, pipeline);
  };
}

async function confirmAndStart(backend: PipelineBackend, pipeline: Pipeline): Promise<void> {
  const request = requestFor(pipeline.id);
  const title = `Looking at what ${pipeline.name} needs`;
  const preparation = await progress(title, (signal) => backend.prepareRun(request, signal));
  if (await refused(pipeline, preparation.blockers)) return;
  const question = runQuestion(pipeline, preparation);
  const modal = { modal: true, detail: question.detail };
  if ((await vscode.window.showInformationMessage(question.title, modal, question.yes)) !== question.yes)
    return;
  const run = await progress(`Starting ${pipeline.name}`, (signal) => backend.createRun(request, signal));
  await showStarted(run, preparation);
}

async function showStarted(run: RunId, { install }: Preparation): Promise<void> {
  expectEnd(run);
  const what = install.length > 0 ? `${run}: preparing Python` : `${run} started`;
  vscode.window.setStatusBarMessage(what, 5000);
  await vscode.commands.executeCommand('mlops.pipelines.focus');
}

const requestFor = (pipeline: PipelineId): RunRequest => ({
  pipeline,
  parameters: {},
  cache: true,
  idempotencyKey: randomUUID(),
});

/** Says why it cannot run here; true when it cannot. */
async function refused(pipeline: Pipeline, blockers: Preparation['blockers']): Promise<boolean> {
  if (blockers.length === 0) return false;
  const detail = blockersText(blockers);
  await vscode.window.showWarningMessage(`${pipeline.name} cannot run here.`, { modal: true, detail });
  return true;
}

async function chooseWay(pipeline: Pipeline): Promise<'defaults' | 'chat' | undefined> {
  if (pipeline.parameters.length === 0) return 'defaults';
  const missing = missingParameters(pipeline).map((parameter) => parameter.name);
  const chat = {
    label: '$(comment-discussion) Set parameters in the chat',
    detail: missing.length === 0 ? 'For example: max_depth=3' : `It needs a value for ${missing.join(', ')}`,
    way: 'chat' as const,
  };
  const names = pipeline.parameters.map((parameter) => parameter.name).join(', ');
  const defaults = { label: '$(play) Run with the defaults', detail: names, way: 'defaults' as const };
  const items = missing.length === 0 ? [defaults, { ...chat, detail: `${names} as you say` }] : [chat];
  const picked = await vscode.window.showQuickPick(items, {
    title: `Run ${pipeline.displayName ?? pipeline.name}`,
  });
  return picked?.way;
}

/** Opens the chat with the beginning of the sentence; the person writes the rest. */
async function setInChat(pipeline: Pipeline): Promise<void> {
  const query = `@mlops run ${pipeline.name} with `;
  await vscode.commands.executeCommand('workbench.action.chat.open', { query, isPartialQuery: true });
}
