import * as vscode from 'vscode';
import type { Pipeline, PipelineId } from '../../../core/domain/pipeline.ts';
import { MlopsError, toMlopsError } from '../../../core/ports/mlopsError.ts';
import type { PipelineBackend, Preparation } from '../../../core/ports/pipelineBackend.ts';
import { compilerQuestion } from '../../../core/pipelines/compilerQuestion.ts';
import { findPipeline } from '../../../core/pipelines/findPipeline.ts';
import { ask } from '../../window/askQuestion.ts';
import { saveBeside } from '../../code/saveBeside.ts';
import { deadline } from '../../deadline.ts';
import { askModal } from '../../window/messages.ts';
import { progress } from './progress.ts';
import { blockersText } from './blockersText.ts';

/**
 * The pipeline of an id, or of a name in a link, in full from its present file: a changed file is saved
 * first, and the compiler is installed if the person agrees. The command is their approval to compile the file as it is.
 * Undefined when it cannot run here and the person was told so.
 */
export async function readPipeline(backend: PipelineBackend, id: PipelineId): Promise<Pipeline | undefined> {
  await saveFile(backend, id);
  const pipeline = await inFull(backend, id);
  return (await refused(pipeline.name, pipeline.blockers)) ? undefined : pipeline;
}

/** Tells the person why a pipeline cannot run here; true when it cannot. */
export async function refused(name: string, blockers: Preparation['blockers']): Promise<boolean> {
  if (blockers.length === 0) return false;
  const detail = blockersText(blockers);
  await askModal({ title: `${name} cannot run here.`, detail, warns: true });
  return true;
}

async function saveFile(backend: PipelineBackend, id: PipelineId): Promise<void> {
  const changed = vscode.workspace.textDocuments.filter(
    ({ isDirty, uri }) => isDirty && uri.scheme === 'file',
  );
  if (changed.length === 0) return;
  const summary = await findPipeline(backend, id, deadline()).catch(() => undefined);
  // The file on disk may be broken, and not listed under this id.
  const named = changed.find(({ uri }) => id.startsWith(`${vscode.workspace.asRelativePath(uri)}:`));
  const file = summary?.source.file ?? named?.uri.fsPath;
  if (file !== undefined) await saveBeside(file);
}

async function inFull(backend: PipelineBackend, id: PipelineId): Promise<Pipeline> {
  const read = () =>
    progress('Reading the pipeline', async (signal) => {
      await backend.approvals?.approve(id, signal);
      return backend.getPipeline(id, signal);
    });
  try {
    return await read();
  } catch (error) {
    const { kind } = toMlopsError(error);
    if (kind === 'notFound') return byName(backend, id, error);
    if (kind === 'unsupported' && (await installsCompiler(backend, id))) return read();
    throw error;
  }
}

async function byName(backend: PipelineBackend, name: PipelineId, error: unknown): Promise<Pipeline> {
  const { id } = await findPipeline(backend, name, deadline());
  if (id === name) throw error;
  return inFull(backend, id);
}

/** Installs the compiler when it is what is missing. Throws MlopsError cancelled when the person says no. */
async function installsCompiler(backend: PipelineBackend, id: PipelineId): Promise<boolean> {
  const { compiler } = backend;
  if (compiler === undefined || (await compiler.isInstalled(deadline()))) return false;
  const request = { pipeline: id, parameters: {}, cache: true, idempotencyKey: '' };
  const { blockers } = await backend.prepareRun(request, deadline());
  if (blockers.length > 0) return false;
  const question = compilerQuestion(compiler, backend.connection, id);
  if (!(await ask(question))) throw new MlopsError('cancelled', 'Not installed.');
  await progress('Installing the pipeline compiler', (signal) => compiler.install(signal));
  return true;
}
