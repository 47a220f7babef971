import * as vscode from 'vscode';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import { bytesSource } from '../../core/storage/bytesSource.ts';
import { lastPart, parentOf } from '../../core/storage/keyParts.ts';
import type { ObjectTarget } from '../commands/shared/arguments.ts';
import { showFailure } from '../commands/shared/showFailure.ts';
import type { Services } from '../services.ts';
import type { Target } from '../target.ts';
import { objectOfUri, objectUri } from '../uris.ts';
import { askAndRelocate } from './relocations.ts';
import { changingStore } from './storeAt.ts';
import { askAndUpload, type Destination, uploadItems, type UploadItems } from './uploads.ts';

/** Addresses of files and of our own objects, one a line. */
export const addresses = 'text/uri-list';

/** What dragged rows stand for elsewhere: the addresses of their objects. */
export function draggedAddresses(
  targets: readonly (Target | undefined)[],
  active: Services['connections']['active'],
): string {
  return objectsIn(targets)
    .map(({ connection = active.info.id, bucket, key }) => objectUri({ connection, bucket, key }).toString())
    .join('\r\n');
}

/** Carries out a drop on a row: files are uploaded there, objects of the same store moved, each after a question. */
export async function drop(
  services: Services,
  on: Target | undefined,
  dropped: vscode.DataTransfer,
): Promise<void> {
  try {
    await carryOut(services, on, dropped);
  } catch (error) {
    showFailure('drop', error, services);
  }
}

async function carryOut(
  services: Services,
  on: Target | undefined,
  dropped: vscode.DataTransfer,
): Promise<void> {
  const [target] = objectsIn([on]);
  if (target === undefined)
    throw new MlopsError('notFound', 'Files and objects are dropped on a bucket or a folder in it.');
  const place = await changingStore(services, 'write', target.connection);
  const { bucket, key } = target;
  // On an object means beside it.
  const to: Destination = { bucket, prefix: key === '' || key.endsWith('/') ? key : parentOf(key) };
  const uris = await addressesIn(dropped);
  const objects = uris.flatMap((uri) => objectOfUri(uri) ?? []);
  if (objects.length > 0) return move(services, place, objects, to);
  const paths = uris.filter(({ scheme }) => scheme === 'file').map(({ fsPath }) => fsPath);
  const items = paths.length > 0 ? await uploadItems(paths) : await filesIn(dropped);
  return askAndUpload(services, place, to, items);
}

async function move(
  services: Services,
  place: Awaited<ReturnType<typeof changingStore>>,
  objects: readonly ObjectTarget[],
  { bucket, prefix }: Destination,
): Promise<void> {
  const { id, name } = place.at.info;
  if (objects.some(({ connection }) => connection !== id))
    throw new MlopsError(
      'unsupported',
      `Objects go to ${name} from another connection by a download and an upload.`,
    );
  const moved = objects.filter((one) => one.bucket !== bucket || parentOf(one.key) !== prefix);
  const plans = moved.map((from) => {
    const end = from.key.endsWith('/') ? '/' : '';
    return { from, to: { bucket, key: `${prefix}${lastPart(from.key)}${end}` } };
  });
  await askAndRelocate(services, place, 'move', plans);
}

async function addressesIn(dropped: vscode.DataTransfer): Promise<readonly vscode.Uri[]> {
  const text = await dropped.get(addresses)?.asString();
  const lines = (text ?? '').split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
  return lines.map((line) => vscode.Uri.parse(line));
}

/** Files of a window whose files are on another machine: they have no path here, and are read by the editor. */
async function filesIn(dropped: vscode.DataTransfer): Promise<UploadItems> {
  const files = [...dropped].flatMap(([, item]) => item.asFile() ?? []);
  const items = await Promise.all(
    files.map(async (file) => {
      const content = await file.data();
      return { names: [file.name], size: content.length, open: async () => bytesSource(content) };
    }),
  );
  return { from: files.length === 1 ? (files[0]?.name ?? '') : `${files.length} files`, items, leftOut: [] };
}

/** Only objects and prefixes are dragged, and only onto what is in a store. */
function objectsIn(targets: readonly (Target | undefined)[]): readonly ObjectTarget[] {
  return targets.flatMap((target) =>
    target?.bucket === undefined
      ? []
      : [{ connection: target.connection, bucket: target.bucket, key: target.key ?? '' }],
  );
}
