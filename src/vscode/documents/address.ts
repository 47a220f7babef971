import type { RunId } from '../../core/domain/run.ts';

/** What a document of ours shows. */
export type Address =
  | { readonly kind: 'run'; readonly run: RunId }
  | { readonly kind: 'log'; readonly run: RunId; readonly task: string }
  | { readonly kind: 'source'; readonly run: RunId; readonly task: string }
  | { readonly kind: 'object'; readonly bucket: string; readonly key: string };

/** Reads the path that `uris.ts` wrote; undefined for any other. */
export function addressOf(path: string): Address | undefined {
  const object = /^\/objects\/([^/]+)\/(.+)$/s.exec(path);
  if (object !== null) return { kind: 'object', bucket: object[1] ?? '', key: object[2] ?? '' };
  const [, ofRun, task, ending] = /^\/runs\/([^/]+)\/([^/]+)\.(log|py)$/.exec(path) ?? [];
  if (ofRun !== undefined) return decoded(ending === 'py' ? 'source' : 'log', ofRun, task ?? '');
  const run = /^\/runs\/([^/]+)\.md$/.exec(path);
  return run === null ? undefined : { kind: 'run', run: (run[1] ?? '') as RunId };
}

function decoded(kind: 'log' | 'source', run: string, task: string): Address | undefined {
  try {
    return { kind, run: run as RunId, task: decodeURIComponent(task) };
  } catch {
    return undefined;
  }
}
