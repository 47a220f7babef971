import * as vscode from 'vscode';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import { listedForm } from '../../core/pipelines/listedForm.ts';
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
        : await listedForm(await services.backend(), id, deadline());
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
