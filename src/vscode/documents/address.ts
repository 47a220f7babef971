import { type ConnectionId, thisMachine } from '../../core/domain/connection.ts';
import type { RunId, RunRef } from '../../core/domain/run.ts';
import { objectOfPath } from '../../core/storage/objectPath.ts';
import type { ObjectPlace } from '../uris.ts';

/** The kinds of our documents. */
export type Address =
  | { readonly kind: 'run'; readonly run: RunRef }
  | { readonly kind: 'log'; readonly run: RunRef; readonly task: string }
  | { readonly kind: 'source'; readonly run: RunRef; readonly task: string }
  | { readonly kind: 'wholeLog'; readonly run: RunRef; readonly task: string }
  | { readonly kind: 'search'; readonly run: RunRef; readonly task: string; readonly text: string }
  /** An object of a tab that an earlier version left open. */
  | ({ readonly kind: 'object' } & ObjectPlace)
  | ({ readonly kind: 'details' } & ObjectPlace);

/** The parts of an address that `uris.ts` writes. */
export interface AddressParts {
  /** The connection's id. Addresses of 0.1.0 have none. */
  readonly authority: string;
  readonly path: string;
  readonly query: string;
}

/** Reads an address that `uris.ts` wrote; undefined for any other. */
export function addressOf({ authority, path, query }: AddressParts): Address | undefined {
  const connection = authority === '' ? thisMachine : (authority as ConnectionId);
  const ref = (id: string | undefined): RunRef => ({ connection, id: id as RunId });
  const object = decodedObject(connection, path);
  if (object !== undefined) return object;
  const run = /^\/runs\/([^/]+)\.md$/.exec(path);
  if (run !== null) return { kind: 'run', run: ref(run[1]) };
  const [, of, whole, task = '', ending] = /^\/runs\/([^/]+)\/(whole\/)?([^/]+)\.(log|py)$/.exec(path) ?? [];
  if (of !== undefined) return decodedTask(taskKind(ending, whole !== undefined), ref(of), task);
  const search = /^\/runs\/([^/]+)\/search\/[^/]+$/.exec(path);
  return search === null ? undefined : decodedSearch(ref(search[1]), query);
}

function decodedObject(connection: ConnectionId, path: string): Address | undefined {
  const [, bucket, key] = /^\/objects\/([^/]+)\/(.+)$/s.exec(path) ?? [];
  if (bucket !== undefined && key !== undefined) return { kind: 'object', connection, bucket, key };
  const [, of] = /^\/details(\/.+) \(details\)\.md$/s.exec(path) ?? [];
  const name = of === undefined ? undefined : objectOfPath(of);
  return name && { kind: 'details', connection, ...name };
}

function taskKind(ending: string | undefined, whole: boolean): 'log' | 'wholeLog' | 'source' {
  if (ending === 'py') return 'source';
  return whole ? 'wholeLog' : 'log';
}

function decodedTask(kind: 'log' | 'wholeLog' | 'source', run: RunRef, task: string): Address | undefined {
  try {
    return { kind, run, task: decodeURIComponent(task) };
  } catch {
    return undefined;
  }
}

function decodedSearch(run: RunRef, query: string): Address | undefined {
  const fields = new URLSearchParams(query);
  const [task, text] = [fields.get('task'), fields.get('text')];
  return task && text ? { kind: 'search', run, task, text } : undefined;
}
