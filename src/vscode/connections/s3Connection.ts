import { readFile } from 'node:fs/promises';
import * as os from 'node:os';
import * as vscode from 'vscode';
import type { S3Credentials } from '../../adapters/s3/requests.ts';
import type { Credentials } from '../../core/ports/credentials.ts';
import type { ObjectStore } from '../../core/ports/objectStore.ts';
import { once } from '../once.ts';
import type { OpenConnection } from './openConnection.ts';
import { type ConfiguredStore, usualRegion } from './storeRow.ts';

/** An object store behind S3: objects alone. Its keys are the person's own, else those of their AWS tools. */
export function s3Connection(configured: ConfiguredStore, credentials: Credentials): OpenConnection {
  const noChanges: vscode.Event<never> = () => new vscode.Disposable(() => undefined);
  return {
    info: configured.info,
    storeAddress: configured.store.address,
    store: once(async () => {
      const { keys, region } = await keysFor(configured, credentials);
      return openS3(configured, keys, region);
    }),
    onDidChange: noChanges,
    inUse: new Promise(() => undefined),
    mayHaveActiveRuns: async () => false,
  };
}

/** Opens a store with these keys; `otherwise` is the region where the connection says none. */
export async function openS3(
  { info, store }: ConfiguredStore,
  keys: S3Credentials,
  otherwise = usualRegion,
): Promise<ObjectStore> {
  const { address: endpoint, region = otherwise, pathStyle, authority, buckets } = store;
  const [{ createS3 }, { guardedStore }] = await Promise.all([
    import('../../adapters/s3/s3.ts'),
    import('../../core/connections/guardedStore.ts'),
  ]);
  const certificate = authority === undefined ? undefined : await certificateIn(authority, info.name);
  const s3 = createS3({
    address: {
      ...{ name: info.name, endpoint, region, pathStyle },
      ...(certificate === undefined ? {} : { authority: certificate }),
    },
    credentials: keys,
    ...(buckets === undefined ? {} : { buckets }),
  });
  return guardedStore(info, s3);
}

/** The keys, and the region of whoever keeps them. */
async function keysFor(
  { info, store }: ConfiguredStore,
  credentials: Credentials,
): Promise<{ readonly keys: S3Credentials; readonly region?: string | undefined }> {
  const kept = await credentials.get({ connection: info.id, endpoint: store.address });
  if (kept?.kind === 'keys') return { keys: kept };
  const { awsKeys, awsRegion } = await import('../../adapters/s3/awsKeys.ts');
  const { profile } = store;
  const places = { env: process.env, home: os.homedir(), ...(profile === undefined ? {} : { profile }) };
  const keys = await awsKeys(places);
  if (keys !== undefined) return { keys, region: await awsRegion(places) };
  const { noAccessKey } = await import('../../adapters/s3/s3Errors.ts');
  throw noAccessKey(info.name);
}

async function certificateIn(file: string, name: string): Promise<string> {
  return readFile(file, 'utf8').catch(async (cause: unknown) => {
    const { noAuthority } = await import('../../adapters/s3/s3Errors.ts');
    throw noAuthority(name, file, cause);
  });
}
