import * as vscode from 'vscode';
import type { PlaceOf } from '../../core/runs/placedBackend.ts';
import { type FailureSources, nearPlace } from './failurePlace.ts';
import { editorFiles } from './sourceFiles.ts';

/** Finds failing lines in the files of this window, unsaved changes included. */
export function placeOf(sources: FailureSources): PlaceOf {
  return async (run, task) => {
    const place = await nearPlace(run, editorFiles, sources, task);
    if (place === undefined) return undefined;
    const { file, line } = place;
    return { file, line, label: vscode.workspace.asRelativePath(file) };
  };
}
