import * as vscode from 'vscode';
import type { ConnectionId } from '../core/domain/connection.ts';
import type { RunRef } from '../core/domain/run.ts';
import { objectOfPath, objectPath } from '../core/storage/objectPath.ts';

/** Scheme of our read-only documents: a run's description, a task's log and source, the result of a search in a log. */
export const scheme = 'mlops';

/** The document that describes a run, in Markdown. */
export function runUri(run: RunRef): vscode.Uri {
  return vscode.Uri.from({ ...addressOf(run), path: `/runs/${run.id}.md` });
}

/** The document that follows a task's log. */
export function logUri(run: RunRef, task: string): vscode.Uri {
  return vscode.Uri.from({ ...addressOf(run), path: `/runs/${run.id}/${encodeURIComponent(task)}.log` });
}

/** The document with a task's source as its last attempt ran it. */
export function sourceUri(run: RunRef, task: string): vscode.Uri {
  return vscode.Uri.from({ ...addressOf(run), path: `/runs/${run.id}/${encodeURIComponent(task)}.py` });
}

/** The document with a task's log from its beginning. */
export function wholeLogUri(run: RunRef, task: string): vscode.Uri {
  return vscode.Uri.from({
    ...addressOf(run),
    path: `/runs/${run.id}/whole/${encodeURIComponent(task)}.log`,
  });
}

/** The document with the lines of a task's log that contain a text. Its path is its title. */
export function searchUri(run: RunRef, task: string, text: string): vscode.Uri {
  const title = `${task} “${text.slice(0, longestTitle)}”`.replaceAll('/', '∕');
  const query = new URLSearchParams({ task, text }).toString();
  return vscode.Uri.from({ ...addressOf(run), path: `/runs/${run.id}/search/${title}`, query });
}

const longestTitle = 40;

/** The id of the connection is in the place of a web address's host. */
const addressOf = ({ connection }: RunRef) => ({ scheme, authority: connection });

/** An object and the connection of its store. */
export interface ObjectPlace {
  readonly connection: ConnectionId;
  readonly bucket: string;
  readonly key: string;
}

/** Scheme of objects as files of the editor. */
export const objectScheme = 'mlops-object';

/** Which state of an object is meant; without one, what is there now. Only what is there now can be changed. */
export interface ObjectState {
  readonly version?: string;
  /** Its ETag. */
  readonly etag?: string;
}

/** An object of the store that has no file on this machine. */
export function objectUri({ connection, bucket, key }: ObjectPlace, state: ObjectState = {}): vscode.Uri {
  const query = new URLSearchParams({ ...state }).toString();
  return vscode.Uri.from({
    scheme: objectScheme,
    authority: connection,
    path: objectPath({ bucket, key }),
    query,
  });
}

/** What an address that `objectUri` wrote means; undefined for any other. */
export function objectOfUri(uri: vscode.Uri): (ObjectPlace & ObjectState) | undefined {
  const object = uri.scheme === objectScheme ? objectOfPath(uri.path) : undefined;
  if (object === undefined) return undefined;
  const query = new URLSearchParams(uri.query);
  const [version, etag] = [query.get('version'), query.get('etag')];
  return {
    connection: uri.authority as ConnectionId,
    ...object,
    ...(version === null ? {} : { version }),
    ...(etag === null ? {} : { etag }),
  };
}

/** The document with what a store knows of an object beside its bytes. */
export function detailsUri({ connection, bucket, key }: ObjectPlace): vscode.Uri {
  return vscode.Uri.from({
    scheme,
    authority: connection,
    path: `/details${objectPath({ bucket, key })} (details).md`,
  });
}
