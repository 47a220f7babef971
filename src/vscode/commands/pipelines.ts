import * as vscode from 'vscode';
import type { PipelineSource, PipelineSummary } from '../../core/domain/pipeline.ts';
import { allPipelines } from '../../core/pipelines/allPipelines.ts';
import { listedVariant } from '../../core/pipelines/listedVariant.ts';
import { nameProblem, newPipeline as fileOf } from '../../core/pipelines/newPipeline.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import { deadline } from '../deadline.ts';
import type { Services } from '../services.ts';
import { askLine } from '../window/askLine.ts';
import type { Handler } from './command.ts';
import { targetOf } from './shared/arguments.ts';
import { pickPipeline } from './shared/pick.ts';
import { backendAt, backendOf } from './shared/place.ts';
import { exists, workspaceFolder } from './shared/workspaceFolder.ts';

type Listed = Pick<PipelineSummary, 'name' | 'source' | 'problem' | 'twin'>;

/** Opens a pipeline's file at its beginning or its problem; for a compiled one the Python file that it came from. */
export function openPipeline(services: Services): Handler {
  return async (...args) => {
    const id = targetOf(args, 'pipeline').pipeline;
    const backend = await backendOf(services, args);
    const pipeline: Listed | undefined =
      id === undefined
        ? await pickPipeline(backend, 'Open which pipeline?')
        : await listedVariant(backend, id, deadline());
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

/** Asks for a name, writes a small pipeline that runs as it is, and opens it. Nothing is overwritten. */
export function newPipeline(services: Services): Handler {
  return async () => {
    if ((vscode.workspace.workspaceFolders ?? []).length === 0) {
      throw new MlopsError('invalid', 'A new pipeline needs a folder to be written to.', {
        hint: 'Open a folder first (File: Open Folder).',
      });
    }
    const folder = await workspaceFolder('New pipeline: in which folder?');
    const name = folder && (await askName(services, folder));
    if (name === undefined || folder === undefined) return;
    const { file, text } = fileOf(name);
    const uri = vscode.Uri.joinPath(folder, file);
    const edit = new vscode.WorkspaceEdit();
    edit.createFile(uri, { contents: new TextEncoder().encode(text), overwrite: false });
    if ((await exists(uri)) || !(await vscode.workspace.applyEdit(edit))) {
      throw new MlopsError('conflict', `${file} is already there. Nothing was written.`, {
        hint: 'Take another name.',
      });
    }
    await vscode.window.showTextDocument(uri, { preview: false });
  };
}

async function askName(services: Services, folder: vscode.Uri): Promise<string | undefined> {
  const all = await allPipelines(await backendAt(services, undefined), deadline());
  const taken = all.map((pipeline) => pipeline.name);
  const typed = await askLine({
    title: 'New pipeline',
    prompt: 'Its name: small letters, digits and hyphens, such as churn or churn-weekly.',
    stays: true,
    check: async (text) => {
      if (text === '') return undefined;
      const problem = nameProblem(text.trim(), taken);
      if (problem !== undefined) return problem;
      const { file } = fileOf(text.trim());
      return (await exists(vscode.Uri.joinPath(folder, file))) ? `${file} is already there.` : undefined;
    },
  });
  const name = typed?.trim();
  return name === undefined || name === '' ? undefined : name;
}
