import * as vscode from 'vscode';
import { placeName } from '../../core/connections/placeName.ts';
import { onPlace } from '../../core/domain/question.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import type { IncompleteUpload } from '../../core/ports/objectWrites.ts';
import type { ObjectVersion } from '../../core/ports/objectVersions.ts';
import {
  abandonQuestion,
  deleteVersionQuestion,
  restoreQuestion,
} from '../../core/storage/objectQuestions.ts';
import { moment } from '../../core/text/dates.ts';
import { asName, literal } from '../../core/text/literal.ts';
import { ago, size } from '../../core/text/units.ts';
import { deadline } from '../deadline.ts';
import { chooseObject } from '../objects/chooseObject.ts';
import { objectsChanged } from '../objects/deleteObjects.ts';
import { downloadOne } from '../objects/downloads.ts';
import { changingStore, type StoreAt, storeAt } from '../objects/storeAt.ts';
import type { Services } from '../services.ts';
import { objectUri } from '../uris.ts';
import { ask } from '../window/askQuestion.ts';
import type { Handler } from './command.ts';
import { objectOf } from './objectDetails.ts';
import { objectTargetsOf, type ObjectTarget } from './shared/arguments.ts';

/** Most versions that are offered. */
const mostOffered = 200;

/** Lists the versions of an object, or of all below a prefix, and offers to open, download, restore or delete one. */
export function showVersions(services: Services): Handler {
  return async (...args) => {
    const target = await objectOf(services, args, 'Show the versions of which object?');
    if (target === undefined) return;
    const place = await storeAt(services, target.connection);
    const version = await pickVersion(services, place, target);
    if (version !== undefined) await offer(services, place, version);
  };
}

async function pickVersion(
  { clock }: Services,
  { at, store }: StoreAt,
  { bucket, key }: ObjectTarget,
): Promise<ObjectVersion | undefined> {
  const { versions } = store;
  if (versions === undefined)
    throw new MlopsError('unsupported', `${asName(at.info.name)} keeps no versions of objects.`);
  const isFolder = key === '' || key.endsWith('/');
  const page = await versions.list(bucket, { prefix: key, size: mostOffered }, deadline());
  const items = page.items
    .filter((version) => isFolder || version.key === key)
    .map((version) => ({ ...versionItem(version, isFolder, clock.now()), version }));
  if (items.length === 0)
    throw new MlopsError('notFound', `There are no versions of ${asName(`${bucket}/${key}`)}.`);
  const title = literal(`Versions of ${asName(`${bucket}/${key}`)}`);
  const placeHolder = page.next === undefined ? '' : `The newest ${items.length}`;
  return (await vscode.window.showQuickPick(items, { title, placeHolder, matchOnDetail: true }))?.version;
}

function versionItem(version: ObjectVersion, named: boolean, now: number): vscode.QuickPickItem {
  const { key, id, latest, deleted, modifiedAt } = version;
  const when = modifiedAt === undefined ? id : `${moment(modifiedAt)}, ${ago(modifiedAt, now)}`;
  return {
    label: `$(${deleted ? 'trash' : 'history'}) ${literal(named ? key : when)}`,
    description: [deleted ? 'deleted' : size(version.size), latest ? 'latest' : '', named ? when : '']
      .filter(Boolean)
      .join(', '),
    detail: literal(id),
  };
}

type Act = 'open' | 'download' | 'restore' | 'delete';

async function offer(services: Services, place: StoreAt, version: ObjectVersion): Promise<void> {
  const { bucket, key, id } = version;
  const connection = place.at.info.id;
  const acts: { readonly [act in Act]: () => unknown } = {
    open: () => {
      const uri = objectUri({ connection, bucket, key }, { version: id });
      return vscode.commands.executeCommand('vscode.open', uri);
    },
    download: () => downloadOne(services, place, { connection, bucket, key, version: id }),
    restore: () => change(services, place, version, 'restore'),
    delete: () => change(services, place, version, 'delete'),
  };
  const title = literal(`The version ${id} of ${asName(`${bucket}/${key}`)}`);
  const chosen = await vscode.window.showQuickPick(actsFor(place, version), { title });
  if (chosen !== undefined) await acts[chosen.act]();
}

/** What may be done with a version: a mark of a deletion has no bytes, and the latest needs no restoring. */
function actsFor({ at, store }: StoreAt, { latest, deleted }: ObjectVersion) {
  const mayChange = store.writes !== undefined && !at.info.readOnly && vscode.workspace.isTrusted;
  const all: readonly { readonly label: string; readonly act: Act; readonly fits: boolean }[] = [
    { label: '$(go-to-file) Open', act: 'open', fits: !deleted },
    { label: '$(cloud-download) Download…', act: 'download', fits: !deleted },
    { label: '$(discard) Restore…', act: 'restore', fits: mayChange && !latest && !deleted },
    { label: '$(trash) Delete this version…', act: 'delete', fits: mayChange },
  ];
  return all.filter(({ fits }) => fits);
}

async function change(
  services: Services,
  { at }: StoreAt,
  version: ObjectVersion,
  act: 'restore' | 'delete',
): Promise<void> {
  const effect = act === 'delete' ? 'destroy' : 'write';
  const { store } = await changingStore(services, effect, at.info.id);
  const question = act === 'delete' ? deleteVersionQuestion(version) : restoreQuestion(version);
  if (!(await ask(onPlace(question, placeName(services.connections, at.info))))) return;
  await store.versions?.[act](version, deadline());
  objectsChanged(services, at);
}

/** Lists the uploads of a bucket or prefix that were not completed, and gives up those that the person picks. */
export function showUploads(services: Services): Handler {
  return async (...args) => {
    const [row] = objectTargetsOf(args);
    const title = 'Show the incomplete uploads of which bucket?';
    const target = row ?? (await chooseObject(services, { title, what: 'bucket' }));
    if (target === undefined) return;
    const { at, writes } = await changingStore(services, 'destroy', target.connection);
    const incompleteUploads = writes.incompleteUploads?.bind(writes);
    const abandonUpload = writes.abandonUpload?.bind(writes);
    const name = asName(`${target.bucket}/${target.key}`);
    if (incompleteUploads === undefined || abandonUpload === undefined)
      throw new MlopsError('unsupported', `${asName(at.info.name)} does not tell of incomplete uploads.`);
    const uploads = await incompleteUploads(target.bucket, target.key, deadline());
    if (uploads.length === 0) throw new MlopsError('notFound', `There are no incomplete uploads in ${name}.`);
    const chosen = await pickUploads(uploads, name, services.clock.now());
    if (chosen.length === 0) return;
    const question = abandonQuestion(chosen);
    if (!(await ask(onPlace(question, placeName(services.connections, at.info))))) return;
    for (const upload of chosen) await abandonUpload(upload, deadline());
  };
}

async function pickUploads(
  uploads: readonly IncompleteUpload[],
  name: string,
  now: number,
): Promise<readonly IncompleteUpload[]> {
  const items = uploads.map((upload) => ({
    label: literal(upload.key),
    description: upload.startedAt === undefined ? '' : `begun ${ago(upload.startedAt, now)}`,
    detail: literal(upload.id),
    upload,
  }));
  const options = {
    title: literal(`Incomplete uploads in ${name}`),
    placeHolder: 'They take space. Mark those to give up.',
    canPickMany: true,
  } as const;
  return ((await vscode.window.showQuickPick(items, options)) ?? []).map(({ upload }) => upload);
}
