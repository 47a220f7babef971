import * as path from 'node:path';
import * as vscode from 'vscode';
import { pythonFileOf } from '../../core/domain/pipelineVariant.ts';
import { ownFile, type PipelineSource } from '../../core/domain/pipeline.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import { mayRead } from './readBeside.ts';

/**
 * Saves a file that is about to run and the files that compiling it may read. True when there was something to
 * save. Throws MlopsError `conflict` when one cannot be saved.
 */
export async function saveBeside(file: string): Promise<boolean> {
  const dirty = vscode.workspace.textDocuments.filter(
    ({ isDirty, uri }) => isDirty && uri.scheme === 'file' && mayRead(file, uri.fsPath),
  );
  for (const document of dirty) {
    if (await saved(document)) continue;
    throw new MlopsError('conflict', `${path.basename(document.uri.fsPath)} could not be saved.`, {
      hint: 'Save it, then run it again.',
    });
  }
  return dirty.length > 0;
}

/** The same for a pipeline that ran, in either variant, so that the changed file runs. */
export async function saveCodeOf(source: PipelineSource | undefined): Promise<boolean> {
  const file = ownFile(source);
  if (file === undefined) return false;
  const itself = await saveBeside(file);
  return (await saveBeside(pythonFileOf(file))) || itself;
}

/** Saves a document. While the person's own save is in progress the editor may never answer: then that save counts. */
async function saved(document: vscode.TextDocument): Promise<boolean> {
  const own = Promise.withResolvers<boolean>();
  const listening = vscode.workspace.onDidSaveTextDocument((one) => {
    if (one === document) own.resolve(true);
  });
  try {
    return await Promise.race([document.save(), own.promise]);
  } finally {
    listening.dispose();
  }
}
