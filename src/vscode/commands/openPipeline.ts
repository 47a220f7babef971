import * as vscode from 'vscode';
import type { PipelineId, PipelineSummary } from '../../core/domain/pipeline.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import type { PipelineBackend } from '../../core/ports/pipelineBackend.ts';
import type { Services } from '../services.ts';
import { deadline } from '../trees/listing.ts';
import { targetOf } from './arguments.ts';
import { pickPipeline } from './pick.ts';
import type { Handler } from './table.ts';

/** Opens a pipeline's file where it begins, or where its problem is. */
export function openPipeline(services: Services): Handler {
  return async (...args) => {
    const id = targetOf(args, 'pipeline').pipeline;
    const pipeline =
      id === undefined
        ? await pickPipeline(services, 'Open which pipeline?')
        : await listedPipeline(await services.backend(), id);
    if (pipeline === undefined) return;
    const { source, problem } = pipeline;
    if (source.file === undefined) {
      throw new MlopsError('unsupported', `${pipeline.name} has no file on this machine.`);
    }
    const line = Math.max(0, (problem?.line ?? source.line ?? 1) - 1);
    const selection = new vscode.Range(line, 0, line, 0);
    await vscode.window.showTextDocument(vscode.Uri.file(source.file), { selection });
  };
}

/** A pipeline as the list has it: one with a problem is listed, but cannot be read in full. */
async function listedPipeline(backend: PipelineBackend, id: PipelineId): Promise<PipelineSummary> {
  let page: string | undefined;
  do {
    const found = await backend.listPipelines(
      { size: 200, ...(page === undefined ? {} : { page }) },
      deadline(),
    );
    const one = found.items.find((pipeline) => pipeline.id === id);
    if (one !== undefined) return one;
    page = found.next;
  } while (page !== undefined);
  throw new MlopsError('notFound', 'This pipeline is not there any more.', { hint: 'Refresh the list.' });
}
