import { placeName } from '../../core/connections/placeName.ts';
import { onPlace } from '../../core/domain/question.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import type { ByteSource } from '../../core/ports/objectWrites.ts';
import { contentTypeOf } from '../../core/storage/contentTypes.ts';
import type { OneTransfer, Transferred } from '../../core/storage/transferAll.ts';
import { transferOutcome } from '../../core/storage/transferOutcome.ts';
import { skip, uploadObjectsQuestion } from '../../core/storage/transferQuestions.ts';
import { existingKeys, type PlannedUpload, uploadKeys } from '../../core/storage/uploadPlan.ts';
import { asName } from '../../core/text/literal.ts';
import { someNames } from '../../core/text/someNames.ts';
import { progress } from '../commands/shared/progress.ts';
import { openLocalFiles } from '../connections/localFiles.ts';
import { deadline } from '../deadline.ts';
import type { Services } from '../services.ts';
import { askWith } from '../window/askQuestion.ts';
import { complain, inform } from '../window/messages.ts';
import { objectsChanged } from './deleteObjects.ts';
import { showTransfer } from './showTransfer.ts';
import type { ChangingStore } from './storeAt.ts';

/** A file to be uploaded, wherever its bytes are. */
export interface UploadItem {
  /** Its names below the prefix, its own last. */
  readonly names: readonly string[];
  readonly size: number;
  readonly open: () => Promise<ByteSource>;
}

/** Files with what they are called together, and what is not taken along. */
export interface UploadItems {
  readonly from: string;
  readonly items: readonly UploadItem[];
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
}

/** A bucket or prefix that is uploaded to. */
export interface Destination {
  readonly bucket: string;
  readonly prefix: string;
}

/** The files of paths; a folder keeps its own name before those in it. */
export async function uploadItems(paths: readonly string[]): Promise<UploadItems> {
  const local = await openLocalFiles();
  const listings = await progress('Looking at the files', (signal) =>
    Promise.all(paths.map(async (path) => ({ path, ...(await local.list(path, signal)) }))),
  );
  const items = listings.flatMap(({ path, files }) => {
    const folder = files.every((file) => file.path !== path) ? [lastName(path)] : [];
    return files.map((file) => ({
      names: [...folder, ...file.names],
      size: file.size,
      open: () => local.source(file.path),
    }));
  });
  const leftOut = listings.flatMap((listing) =>
    listing.leftOut.map(({ path, reason }) => ({ name: path, reason })),
  );
  const [first = '', another] = paths;
  return { from: another === undefined ? first : `${paths.length} places`, items, leftOut };
}

/** Asks, then uploads files to a bucket or prefix. */
export async function askAndUpload(
  services: Services,
  place: ChangingStore,
  to: Destination,
  { from, items, leftOut }: UploadItems,
): Promise<void> {
  if (items.length === 0) throw new MlopsError('notFound', 'There are no files to upload.');
  const { planned, refused } = uploadKeys(items, to.prefix);
  const keys = planned.map(({ key }) => key);
  const existing = await progress('Looking at what is there', (signal) =>
    existingKeys(place.store, to.bucket, keys, signal),
  );
  const subject = {
    ...{ count: planned.length, bytes: planned.reduce((sum, { file }) => sum + file.size, 0), from },
    to: `${to.bucket}/${to.prefix}`,
    existing: [...existing].toSorted(),
    leftOut: [...leftOut, ...refused.map(({ key, reason }) => ({ name: key, reason }))],
  };
  const question = onPlace(uploadObjectsQuestion(subject), placeName(services.connections, place.at.info));
  const answer = await askWith(question, 'information', existing.size === 0 ? [] : [skip]);
  if (answer !== question.verb && answer !== skip) return;
  const wanted = answer === skip ? planned.filter(({ key }) => !existing.has(key)) : planned;
  const transfers = wanted.map((one) => upload(place, to.bucket, one, existing.has(one.key)));
  const outcome = await showTransfer(services, `Uploading to ${asName(subject.to)}`, transfers);
  objectsChanged(services, place.at);
  await tell(place, to, outcome);
}

function upload(
  { writes }: ChangingStore,
  bucket: string,
  { file, key }: PlannedUpload<UploadItem>,
  isThere: boolean,
): OneTransfer {
  const contentType = contentTypeOf(key);
  return {
    name: key,
    size: file.size,
    run: async (onBytes, signal) => {
      const options = {
        ...(contentType === undefined ? {} : { contentType }),
        ...(isThere ? {} : { ifAbsent: true }),
        onProgress: onBytes,
      };
      return writes.put({ bucket, key }, await file.open(), options, signal);
    },
  };
}

async function tell(place: ChangingStore, to: Destination, outcome: Transferred): Promise<void> {
  const rest = await whatIsLeft(place, to, outcome);
  const words = { verb: 'uploaded', to: `${to.bucket}/${to.prefix}`, rest };
  const { text, isFailure } = transferOutcome(outcome, words);
  void (isFailure ? complain(text) : inform(text));
}

/** Parts of large files may wait on the server for another try; the text says so. */
async function whatIsLeft(
  { writes }: ChangingStore,
  { bucket, prefix }: Destination,
  { failed, left }: Transferred,
): Promise<string> {
  const names = new Set([...failed.map(({ name }) => name), ...left]);
  const uploads = names.size === 0 ? [] : await writes.incompleteUploads?.(bucket, prefix, deadline());
  const kept = (uploads ?? []).filter(({ key }) => names.has(key)).map(({ key }) => asName(key));
  if (kept.length === 0) return 'Nothing is left of the others.';
  return `Parts of ${someNames(kept)} are kept: upload it again to go on, or give it up with Show incomplete uploads.`;
}

const lastName = (path: string) => path.split(/[\\/]/).findLast((name) => name !== '') ?? '';
