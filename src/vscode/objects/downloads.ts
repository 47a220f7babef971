import { homedir } from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import type { LocalFiles } from '../../core/ports/localFiles.ts';
import { countBelow, type CountedObject, countText } from '../../core/storage/countBelow.ts';
import {
  downloadNames,
  type PlannedFile,
  type RefusedKey,
  whyNoName,
} from '../../core/storage/downloadNames.ts';
import { downloadObject } from '../../core/storage/downloadObject.ts';
import { lastPart, parentOf } from '../../core/storage/keyParts.ts';
import type { OneTransfer } from '../../core/storage/transferAll.ts';
import { transferOutcome } from '../../core/storage/transferOutcome.ts';
import { downloadQuestion, skip } from '../../core/storage/transferQuestions.ts';
import { asName } from '../../core/text/literal.ts';
import type { ObjectTarget } from '../commands/shared/arguments.ts';
import { openLocalFiles } from '../connections/localFiles.ts';
import { deadline } from '../deadline.ts';
import type { Services } from '../services.ts';
import { askWith } from '../window/askQuestion.ts';
import { complain, inform, showProgress } from '../window/messages.ts';
import { showTransfer } from './showTransfer.ts';
import type { StoreAt } from './storeAt.ts';

/** Asks where to, then downloads an object as a file. */
export async function downloadOne(
  services: Services,
  place: StoreAt,
  { bucket, key, version }: ObjectTarget & { readonly version?: string },
): Promise<void> {
  const local = await openLocalFiles();
  const size = version === undefined ? (await place.store.stat(bucket, key, deadline())).size : 0;
  const name = lastPart(key);
  const usable = whyNoName(name, local.names) === undefined && name !== '/' ? name : 'object';
  // The dialog itself asks before it replaces a file.
  const chosen = await vscode.window.showSaveDialog({
    title: `Download ${name}`,
    defaultUri: vscode.Uri.joinPath(startFolder(), usable),
    saveLabel: 'Download',
  });
  if (chosen === undefined) return;
  const from = { bucket, key, ...(version === undefined ? {} : { version }) };
  const one: OneTransfer = {
    name: chosen.fsPath,
    size,
    run: (onBytes, signal) =>
      downloadObject(place.store, from, () => local.target(chosen.fsPath), onBytes, signal),
  };
  await carryOut(services, [one], asName(`${bucket}/${key}`), path.dirname(chosen.fsPath));
}

/** Asks where to, then downloads objects and all that is below prefixes into a folder. */
export async function downloadMany(
  services: Services,
  place: StoreAt,
  targets: readonly ObjectTarget[],
): Promise<void> {
  const picked = await vscode.window.showOpenDialog({
    title: 'Download to which folder?',
    defaultUri: startFolder(),
    openLabel: 'Download here',
    ...{ canSelectFiles: false, canSelectFolders: true, canSelectMany: false },
  });
  const folder = picked?.[0]?.fsPath;
  if (folder === undefined) return;
  const local = await openLocalFiles();
  const { files, refused } = await planned(place, targets, local);
  const [first] = targets;
  const from = targets.length > 1 || first === undefined ? 'the selection' : `${first.bucket}/${first.key}`;
  if (files.length + refused.length === 0) throw new MlopsError('notFound', `There is nothing in ${from}.`);
  const wanted = await agreed({ files, refused, from, folder }, local);
  if (wanted === undefined) return;
  const transfers = wanted.map(({ object, names }): OneTransfer => ({
    name: object.key,
    size: object.size,
    run: (onBytes, signal) =>
      downloadObject(place.store, object, () => local.target(local.join(folder, ...names)), onBytes, signal),
  }));
  await carryOut(services, transfers, asName(from), folder);
}

type BucketObject = CountedObject & { readonly bucket: string };

interface Plan {
  readonly files: readonly PlannedFile<BucketObject>[];
  readonly refused: readonly RefusedKey[];
}

async function planned(
  { store }: StoreAt,
  targets: readonly ObjectTarget[],
  { names }: LocalFiles,
): Promise<Plan> {
  const plans: Plan[] = [];
  for (const { bucket, key } of targets) {
    const isFolder = key === '' || key.endsWith('/');
    const objects = isFolder
      ? await counted(store, { bucket, prefix: key })
      : [{ key, size: (await store.stat(bucket, key, deadline())).size }];
    const own = key === '' ? [bucket] : [];
    const plan = downloadNames(
      objects.map((object) => ({ ...object, bucket })),
      parentOf(key),
      names,
    );
    plans.push({
      files: plan.files.map((file) => ({ ...file, names: [...own, ...file.names] })),
      refused: plan.refused,
    });
  }
  return {
    files: plans.flatMap(({ files }) => files),
    refused: plans.flatMap(({ refused }) => refused),
  };
}

async function counted(
  store: StoreAt['store'],
  folder: { readonly bucket: string; readonly prefix: string },
): Promise<readonly CountedObject[]> {
  const title = `Looking at ${asName(`${folder.bucket}/${folder.prefix}`)}`;
  const { objects } = await showProgress(title, (signal, report) =>
    countBelow(store, folder, (so) => report(countText(so)), signal),
  );
  return objects;
}

/** What the person wants of a plan: asked only where files would be replaced, or cannot be made. */
async function agreed(
  { files, refused, from, folder }: Plan & { readonly from: string; readonly folder: string },
  local: LocalFiles,
): Promise<Plan['files'] | undefined> {
  const pathOf = ({ names }: Plan['files'][number]) => local.join(folder, ...names);
  const existing = new Set(await local.existing(files.map(pathOf)));
  if (existing.size === 0 && refused.length === 0) return files;
  const subject = {
    ...{ count: files.length, from, to: folder, existing: [...existing] },
    bytes: files.reduce((sum, { object }) => sum + object.size, 0),
    leftOut: refused.map(({ key, reason }) => ({ name: key, reason })),
  };
  const question = downloadQuestion(subject);
  const answer = await askWith(question, 'warning', existing.size === 0 ? [] : [skip]);
  if (answer === skip) return files.filter((file) => !existing.has(pathOf(file)));
  return answer === question.verb ? files : undefined;
}

async function carryOut(
  services: Services,
  transfers: readonly OneTransfer[],
  from: string,
  folder: string,
): Promise<void> {
  const outcome = await showTransfer(services, `Downloading ${from}`, transfers);
  const rest = 'Nothing is left of the others.';
  const { text, isFailure } = transferOutcome(outcome, { verb: 'downloaded', to: folder, rest });
  void (isFailure ? complain(text) : inform(text));
}

function startFolder(): vscode.Uri {
  const [first] = vscode.workspace.workspaceFolders ?? [];
  return first?.uri.scheme === 'file' ? first.uri : vscode.Uri.file(homedir());
}
