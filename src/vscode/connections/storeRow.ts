import * as os from 'node:os';
import * as path from 'node:path';
import type { ConnectionInfo } from '../../core/domain/connection.ts';
import type { JsonObject } from '../../core/domain/json.ts';
import { own } from '../../core/domain/own.ts';
import { expandHome } from '../settingValue.ts';
import { endpointIn } from './clusterRow.ts';

/** An object store as a row of the setting describes it. */
export interface StoreRow {
  readonly address: string;
  /** Left out: that of the AWS tools where the keys are theirs, else what most servers say of themselves. */
  readonly region?: string;
  readonly pathStyle: boolean;
  /** The buckets of a person who may not list them. */
  readonly buckets?: readonly string[];
  /** A profile of the person's AWS credentials. */
  readonly profile?: string;
  /** A file with the certificate authority of the server, absolute. */
  readonly authority?: string;
}

/** An object store of the setting. */
export interface ConfiguredStore {
  readonly info: ConnectionInfo;
  readonly store: StoreRow;
}

export const storeWants = 'it needs a name and an endpoint with https, or with http on this machine';
/** What most servers of one's own say of themselves. */
export const usualRegion = 'us-east-1';

/** Reads a row of the kind `s3`; the text says what is wrong with it. */
export function readStoreRow(row: JsonObject): StoreRow | string {
  const address = endpointIn(own(row, 'endpoint'));
  if (address === undefined) return storeWants;
  if (new URL(address).pathname !== '/') return 'its endpoint has a path, which an object store has not';
  const buckets = own(row, 'buckets') ?? [];
  if (!Array.isArray(buckets) || !buckets.every((bucket) => typeof bucket === 'string'))
    return 'its buckets are no list of names';
  const [profile, authority, region] = ['profile', 'authority', 'region'].map((key) => textIn(row, key));
  return {
    address,
    ...(region !== undefined && { region }),
    pathStyle: own(row, 'pathStyle') !== false,
    ...(buckets.length > 0 && { buckets }),
    ...(profile !== undefined && { profile }),
    ...(authority !== undefined && { authority: path.resolve(os.homedir(), expandHome(authority)) }),
  };
}

function textIn(row: JsonObject, key: string): string | undefined {
  const value = own(row, key);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
