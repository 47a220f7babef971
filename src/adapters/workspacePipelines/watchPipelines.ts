import type { Clock } from '../../core/ports/clock.ts';
import type { WorkspaceFiles } from '../../core/ports/workspaceFiles.ts';
import { jsonEndings, notebookEndings, pythonEndings, yamlEndings } from './catalog.ts';

/** Changes closer together than this are reported together, in milliseconds. */
const coalesceMs = 100;

/** Calls back when a file changes that may hold pipelines, until the returned function is called. */
export function watchPipelines(files: WorkspaceFiles, clock: Clock, listener: () => void): () => void {
  const over = new AbortController();
  let waiting = false;
  const tellSoon = () => {
    if (waiting) return;
    waiting = true;
    clock.delay(coalesceMs, over.signal).then(
      () => {
        waiting = false;
        listener();
      },
      () => undefined, // the watch was ended
    );
  };
  const endings = [...yamlEndings, ...jsonEndings, ...pythonEndings, ...notebookEndings];
  const unwatch = files.watch(endings, tellSoon);
  return () => {
    over.abort();
    unwatch();
  };
}
