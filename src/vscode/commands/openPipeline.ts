import * as vscode from 'vscode';
import type { PipelineSource, PipelineSummary } from '../../core/domain/pipeline.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import { listedForm } from '../../core/pipelines/listedForm.ts';
import type { Services } from '../services.ts';
import { deadline } from '../deadline.ts';
import { targetOf } from './shared/arguments.ts';
import { pickPipeline } from './shared/pick.ts';
import type { Handler } from './table.ts';

type Listed = Pick<PipelineSummary, 'name' | 'source' | 'problem' | 'twin'>;

/** Opens a pipeline's file where it begins, or where its problem is; of a compiled one the Python file that it came from. */
export function openPipeline(services: Services): Handler {
  return async (...args) => {
    const id = targetOf(args, 'pipeline').pipeline;
    const pipeline: Listed | undefined =
      id === undefined
        ? await pickPipeline(services, 'Open which pipeline?')
        : await listedForm(await services.backend(), id, deadline());
    if (pipeline === undefined) return;
    const { problem } = pipeline;
    const source = sourceToOpen(pipeline);
    if (source.file === undefined) {
      throw new MlopsError('unsupported', `${pipeline.name} has no file on this machine.`);
    }
    const line = Math.max(0, (problem?.line ?? source.line ?? 1) - 1);
    const selection = new vscode.Range(line, 0, line, 0);
    await vscode.window.showTextDocument(vscode.Uri.file(source.file), { selection });
  };
}

function sourceToOpen({ source, problem, twin }: Listed): PipelineSource {
  const python = twin?.source?.file?.endsWith('.py') === true ? twin.source : undefined;
  return problem === undefined ? (python ?? source) : source;
}
