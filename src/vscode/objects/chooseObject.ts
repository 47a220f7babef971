import * as vscode from 'vscode';
import type { Page } from '../../core/domain/page.ts';
import type { ObjectEntry } from '../../core/domain/storedObject.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import type { ObjectStore } from '../../core/ports/objectStore.ts';
import type { ObjectName } from '../../core/ports/objectWrites.ts';
import { literal } from '../../core/text/literal.ts';
import { size } from '../../core/text/units.ts';
import type { OpenConnection } from '../connections/openConnection.ts';
import type { ObjectTarget } from '../commands/shared/arguments.ts';
import { deadline } from '../deadline.ts';
import type { Services } from '../services.ts';

/** Entries that are offered at once. */
const mostOffered = 200;

/** What a command wants to be told of a store: one of its buckets, a bucket or prefix, or an object. */
export interface Wanted {
  readonly title: string;
  readonly what: 'bucket' | 'folder' | 'object';
}

/** Asks for a connection with objects, then for what is wanted of it; undefined when the person leaves. */
export async function chooseObject(
  services: Services,
  { title, what }: Wanted,
): Promise<ObjectTarget | undefined> {
  const at = await chooseStore(services, title);
  const store = await at?.store?.();
  if (at === undefined || store === undefined) return undefined;
  const bucket = await chooseBucket(store, title);
  if (bucket === undefined) return undefined;
  const key = what === 'bucket' ? '' : await chooseKey(store, { bucket, key: '' }, { title, what });
  return key === undefined ? undefined : { connection: at.info.id, bucket, key };
}

/** Asks for a connection with objects; the only one is taken. */
export async function chooseStore(
  { connections }: Services,
  title: string,
): Promise<OpenConnection | undefined> {
  const fitting = connections.all.filter(({ store, waits }) => store !== undefined && waits !== true);
  if (fitting.length <= 1) return fitting[0];
  const items = fitting.map((at) => ({ label: literal(at.info.name), at }));
  return (await vscode.window.showQuickPick(items, { title, placeHolder: 'Which connection?' }))?.at;
}

async function chooseBucket(store: ObjectStore, title: string): Promise<string | undefined> {
  const buckets = await store.listBuckets(deadline());
  if (buckets.length === 0)
    throw new MlopsError('notFound', 'There are no buckets.', { hint: 'Take MLOps: Create bucket….' });
  const items = buckets.map(({ name }) => ({ label: `$(database) ${literal(name)}`, name }));
  return (await vscode.window.showQuickPick(items, { title, placeHolder: 'Which bucket?' }))?.name;
}

/** Asks for an object below a prefix, or for a prefix; goes down until the person has chosen. A single entry is no choice. */
export async function chooseKey(
  store: ObjectStore,
  { bucket, key }: ObjectName,
  { title, what }: Wanted,
): Promise<string | undefined> {
  let prefix = key;
  for (;;) {
    const page = await store.listObjects(bucket, { prefix, size: mostOffered }, deadline());
    if (page.items.length === 0 && what === 'object')
      throw new MlopsError('notFound', `There is nothing under ${bucket}/${prefix}.`);
    const chosen = await chooseEntry(page, { bucket, key: prefix }, { title, what });
    if (chosen === undefined) return undefined;
    if (chosen.isEnd) return chosen.key;
    prefix = chosen.key;
  }
}

interface ChosenEntry {
  readonly key: string;
  /** False for a prefix to look into. */
  readonly isEnd: boolean;
}

async function chooseEntry(
  { items: entries, next }: Page<ObjectEntry>,
  { bucket, key: prefix }: ObjectName,
  { title, what }: Wanted,
): Promise<ChosenEntry | undefined> {
  const offered = entries.filter(({ kind }) => what === 'object' || kind === 'prefix');
  const items = offered.map((entry) => ({
    label: `$(${entry.kind === 'object' ? 'file' : 'folder'}) ${literal(entry.key.slice(prefix.length) || '/')}`,
    description: entry.kind === 'object' ? size(entry.size) : '',
    key: entry.key,
    isEnd: entry.kind === 'object',
  }));
  const name = literal(`${bucket}/${prefix}`);
  const here = { label: `$(check) ${name}`, description: 'Here', key: prefix, isEnd: true };
  const [only, another] = what === 'folder' ? [here, ...items] : items;
  if (another === undefined) return only;
  const placeHolder = next === undefined ? name : `The first ${mostOffered} of ${name}`;
  return vscode.window.showQuickPick(what === 'folder' ? [here, ...items] : items, { title, placeHolder });
}
