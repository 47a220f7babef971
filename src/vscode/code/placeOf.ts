import * as vscode from 'vscode';
import { runKey } from '../../core/domain/run.ts';
import type { PlaceOf } from '../../core/runs/placedBackend.ts';
import { systemClock } from '../clock.ts';
import { remembered } from '../remembered.ts';
import { type FailurePlace, type FailureSources, nearPlace, sharpPlace } from './failurePlace.ts';
import { editorFiles } from './sourceFiles.ts';

/** How long it is remembered what a search of the workspace found. */
const searchedMs = 30_000;

/**
 * Finds failing lines in the files of this window, unsaved changes included: near the pipeline at each read of a run, elsewhere
 * in the workspace once in a while, so that texts name the line that the button leads to.
 */
export function placeOf(sources: FailureSources): PlaceOf {
  const searchOnce = remembered<FailurePlace | undefined>(systemClock, searchedMs);
  return async (run, task) => {
    const place =
      (await nearPlace(run, editorFiles, sources, task)) ??
      (await searchOnce([runKey(run), task].join('\n'), () => sharpPlace(run, editorFiles, sources, task)));
    if (place === undefined) return undefined;
    const { file, line } = place;
    return { file, line, label: vscode.workspace.asRelativePath(file) };
  };
}
