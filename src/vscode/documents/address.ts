import type { RunId } from '../../core/domain/run.ts';

/** What a document of ours shows. */
export type Address =
  | { readonly kind: 'run'; readonly run: RunId }
  | { readonly kind: 'log'; readonly run: RunId; readonly task: string }
  | { readonly kind: 'source'; readonly run: RunId; readonly task: string }
  | { readonly kind: 'wholeLog'; readonly run: RunId; readonly task: string }
  | { readonly kind: 'search'; readonly run: RunId; readonly task: string; readonly text: string }
  | { readonly kind: 'object'; readonly bucket: string; readonly key: string };

/** Reads the path and the query that `uris.ts` wrote; undefined for any other. */
export function addressOf(path: string, query = ''): Address | undefined {
  const object = /^\/objects\/([^/]+)\/(.+)$/s.exec(path);
  if (object !== null) return { kind: 'object', bucket: object[1] ?? '', key: object[2] ?? '' };
  const run = /^\/runs\/([^/]+)\.md$/.exec(path);
  if (run !== null) return { kind: 'run', run: run[1] as RunId };
  const [, of, whole, task = '', ending] = /^\/runs\/([^/]+)\/(whole\/)?([^/]+)\.(log|py)$/.exec(path) ?? [];
  if (of !== undefined) return decodedTask(taskKind(ending, whole !== undefined), of as RunId, task);
  const search = /^\/runs\/([^/]+)\/search\/[^/]+$/.exec(path);
  return search === null ? undefined : decodedSearch(search[1] as RunId, query);
}

function taskKind(ending: string | undefined, whole: boolean): 'log' | 'wholeLog' | 'source' {
  if (ending === 'py') return 'source';
  return whole ? 'wholeLog' : 'log';
}

function decodedTask(kind: 'log' | 'wholeLog' | 'source', run: RunId, task: string): Address | undefined {
  try {
    return { kind, run, task: decodeURIComponent(task) };
  } catch {
    return undefined;
  }
}

function decodedSearch(run: RunId, query: string): Address | undefined {
  const fields = new URLSearchParams(query);
  const [task, text] = [fields.get('task'), fields.get('text')];
  return task && text ? { kind: 'search', run, task, text } : undefined;
}
