import * as vscode from 'vscode';
import { chooseObject } from '../objects/chooseObject.ts';
import { downloadMany, downloadOne } from '../objects/downloads.ts';
import { changingStore, storeAt } from '../objects/storeAt.ts';
import { askAndUpload, uploadItems } from '../objects/uploads.ts';
import { parentOf } from '../../core/storage/keyParts.ts';
import type { Services } from '../services.ts';
import type { Handler } from './command.ts';
import { objectTargetsOf } from './shared/arguments.ts';

/** Uploads files that the person picks to a bucket or prefix. */
export function uploadFiles(services: Services): Handler {
  return (...args) => upload(services, args, { title: 'Upload which files?', folders: false });
}

/** Uploads a folder with all files in it. */
export function uploadFolder(services: Services): Handler {
  return (...args) => upload(services, args, { title: 'Upload which folder?', folders: true });
}

/** Downloads objects and folders: the selected rows, else one that the person picks. */
export function downloadObjects(services: Services): Handler {
  return async (...args) => {
    const selected = objectTargetsOf(args);
    const wanted = { title: 'Download which object?', what: 'object' } as const;
    const chosen = selected.length > 0 ? undefined : await chooseObject(services, wanted);
    const targets = chosen === undefined ? selected : [chosen];
    const [first, another] = targets;
    if (first === undefined) return;
    const place = await storeAt(services, first.connection);
    const isOne = another === undefined && first.key !== '' && !first.key.endsWith('/');
    await (isOne ? downloadOne(services, place, first) : downloadMany(services, place, targets));
  };
}

async function upload(
  services: Services,
  args: readonly unknown[],
  { title, folders }: { readonly title: string; readonly folders: boolean },
): Promise<void> {
  const [row] = objectTargetsOf(args.slice(0, 1));
  const folder = row ?? (await chooseObject(services, { title: 'Upload to where?', what: 'folder' }));
  if (folder === undefined) return;
  const place = await changingStore(services, 'write', folder.connection);
  const picked = await vscode.window.showOpenDialog({
    title,
    openLabel: 'Upload',
    ...{ canSelectFiles: !folders, canSelectFolders: folders, canSelectMany: true },
  });
  if (picked === undefined || picked.length === 0) return;
  const { bucket, key } = folder;
  const prefix = key === '' || key.endsWith('/') ? key : parentOf(key);
  await askAndUpload(
    services,
    place,
    { bucket, prefix },
    await uploadItems(picked.map(({ fsPath }) => fsPath)),
  );
}
