import type { IncomingHttpHeaders } from 'node:http';
import { MlopsError, unlessAborted } from '../../core/ports/mlopsError.ts';
import { asName } from '../../core/text/literal.ts';
import { composedTag, isSameTag, md5In } from './checksums.ts';
import { inParallel } from './inParallel.ts';
import { partSizeFor } from './partSize.ts';
import type { Place } from './readRange.ts';
import type { S3Requests } from './requests.ts';
import { versionQuery } from './stat.ts';
import type { Sum } from './sumThread.ts';

const mebibyte = 1024 * 1024;
/** Sizes of parts that programs use, in MiB: those of the AWS CLI, MinIO, rclone and others. */
const usualParts = [8, 16, 64, 5, 10, 15, 32, 50, 100, 128];
/** Most parts whose sizes are asked for one by one. */
const mostAsked = 1000;

/** Takes the bytes of an object that arrive, in pieces that follow each other in any order of time. */
export interface ArrivalCheck {
  /** Waits for its turn. */
  add(bytes: Uint8Array, offset: number, signal: AbortSignal): Promise<void>;
  /** Throws MlopsError unreachable where other bytes arrived than are stored. `readAgain` reads the object anew. */
  finish(readAgain: (add: ArrivalCheck['add']) => Promise<void>, signal: AbortSignal): Promise<void>;
}

interface Seen {
  readonly headers: IncomingHttpHeaders;
  readonly size: number;
}

/**
 * Compares what arrives with the ETag of an object: its MD5, or that of the MD5s of its parts. Where neither can be told,
 * nothing is compared; the length is.
 */
export async function arrivalCheck(
  requests: S3Requests,
  from: Place,
  seen: Seen,
  signal: AbortSignal,
): Promise<ArrivalCheck> {
  const { size, headers } = seen;
  const md5 = md5In(headers);
  if (md5 !== undefined) {
    const sum = sumInOrder(requests.sums.sum(size), size);
    return {
      add: sum.add,
      finish: async () => {
        if ((await sum.parts())[0]?.toString('hex') !== md5) throw arrivedOtherwise(requests.name, from);
      },
    };
  }
  const parts = await partsOf(requests, from, seen, signal);
  if (parts === undefined) return { add: async () => undefined, finish: async () => undefined };
  const sum = sumInOrder(requests.sums.sum(size), parts.size);
  return {
    add: sum.add,
    finish: async (readAgain) => {
      const arrived = composedTag(await sum.parts());
      if (isSameTag(arrived, headers.etag)) return;
      const areSame = parts.isTold && (await areAllSo(requests, from, parts, signal));
      if (areSame) throw arrivedOtherwise(requests.name, from);
      // The parts may be of other sizes. What arrives twice in the same way is taken as what is stored.
      const second = sumInOrder(requests.sums.sum(size), parts.size);
      await readAgain(second.add);
      if (composedTag(await second.parts()) !== arrived) throw arrivedOtherwise(requests.name, from);
    },
  };
}

interface Parts {
  /** Of all parts but the last. */
  readonly size: number;
  readonly count: number;
  /** True where the server told it, and it is no guess. */
  readonly isTold: boolean;
}

/** The parts that an object was stored in; undefined where it is not known. */
async function partsOf(
  requests: S3Requests,
  from: Place,
  { headers, size }: Seen,
  signal: AbortSignal,
): Promise<Parts | undefined> {
  const count = Number(/-(\d{1,5})"?$/.exec(headers.etag ?? '')?.[1] ?? 0);
  if (count === 0 || headers['x-amz-server-side-encryption']?.toString().startsWith('aws:kms'))
    return undefined;
  const fits = (part: number) => part > 0 && Math.ceil(size / part) === count;
  const told = await partLength(requests, from, 1, signal);
  if (told !== undefined && fits(told)) return { size: told, count, isTold: true };
  const guess = [partSizeFor(size, requests.bounds.part), ...usualParts.map((part) => part * mebibyte)].find(
    fits,
  );
  return guess === undefined ? undefined : { size: guess, count, isTold: false };
}

/** The length of a part, from 1; undefined where the server does not tell. */
async function partLength(
  requests: S3Requests,
  { bucket, key, version }: Place,
  part: number,
  signal: AbortSignal,
): Promise<number | undefined> {
  const query = [`partNumber=${part}`, versionQuery(version)].filter((each) => each !== '').join('&');
  const expected = [200, 206, 400, 403, 416, 501];
  const { status, headers, body } = await requests.send(
    { method: 'HEAD', bucket, key, query, expected },
    signal,
  );
  body.destroy();
  return status === 206 ? Number(headers['content-length']) : undefined;
}

/** True where each part but the last has the size of the first. */
async function areAllSo(
  requests: S3Requests,
  from: Place,
  { size, count }: Parts,
  signal: AbortSignal,
): Promise<boolean> {
  if (count > mostAsked) return false;
  let areSame = true;
  await inParallel({ count: count - 1, atOnce: 4 }, signal, async (index, either) => {
    if ((await partLength(requests, from, index + 1, either)) !== size) areSame = false;
  });
  return areSame;
}

interface SumInOrder {
  readonly add: ArrivalCheck['add'];
  /** The MD5 of each part; of the one empty part where nothing came. */
  readonly parts: () => Promise<readonly Buffer[]>;
}

/** The MD5s of parts of that size, of pieces that are added in any order of time. */
function sumInOrder(sum: Sum, partSize: number): SumInOrder {
  const parts: Promise<Buffer>[] = [];
  let inPart = 0;
  let summed = 0;
  const turns = new Map<number, PromiseWithResolvers<void>>();
  const turnAt = (offset: number) => {
    const turn = turns.get(offset) ?? Promise.withResolvers<void>();
    turns.set(offset, turn);
    return turn;
  };
  turnAt(0).resolve();
  const endPart = () => {
    parts.push(sum.digest());
    inPart = 0;
  };
  return {
    add: async (bytes, offset, signal) => {
      await unlessAborted(turnAt(offset).promise, signal);
      for (let at = 0; at < bytes.length;) {
        const piece = bytes.subarray(at, Math.min(bytes.length, at + partSize - inPart));
        await sum.add(piece);
        at += piece.length;
        inPart += piece.length;
        if (inPart === partSize) endPart();
      }
      summed += bytes.length;
      turnAt(summed).resolve();
    },
    parts: async () => {
      if (inPart > 0 || parts.length === 0) endPart();
      return Promise.all(parts);
    },
  };
}

function arrivedOtherwise(connection: string, { bucket, key }: Place): MlopsError {
  return new MlopsError(
    'unreachable',
    `${asName(`${bucket}/${key}`)} did not arrive as it is stored on ${asName(connection)}: its checksum differs.`,
    { hint: 'Download it again. If it happens again, the network or the store changes bytes.' },
  );
}
