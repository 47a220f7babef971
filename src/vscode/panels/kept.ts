import { type ConnectionId, thisMachine } from '../../core/domain/connection.ts';
import { isJsonObject } from '../../core/domain/json.ts';
import { own } from '../../core/domain/own.ts';
import type { RunId } from '../../core/domain/run.ts';
import type { PanelRuns, PreviewedObject } from './registerPanels.ts';

/** The object that the page kept, with its connection; undefined for anything else. */
export function keptObject(state: unknown): PreviewedObject | undefined {
  if (!isJsonObject(state)) return undefined;
  const [connection, bucket, key] = [own(state, 'connection'), own(state, 'bucket'), own(state, 'key')];
  if (!isName(connection) || !isName(bucket) || typeof key !== 'string' || key.length > 2000)
    return undefined;
  return { connection: connection as ConnectionId, bucket, key };
}

/** The runs that the page kept, with their connection (0.1.0 kept none); undefined for anything else. */
export function keptRuns(state: unknown): PanelRuns | undefined {
  if (!isJsonObject(state)) return undefined;
  const [connection = thisMachine, runs] = [own(state, 'connection'), own(state, 'runs')];
  if (!Array.isArray(runs) || runs.length > 100 || !isName(connection)) return undefined;
  const ids = runs.filter(isName).map((run) => run as RunId);
  return ids.length === 0 ? undefined : { connection: connection as ConnectionId, runs: ids };
}

const isName = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length < 300;
