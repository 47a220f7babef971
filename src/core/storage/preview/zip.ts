import type { RangedFile } from '../../ports/previewReaders.ts';
import { broken, Cursor, utf8 } from './cursor.ts';

/** An entry of an archive as its directory describes it. Sizes are claims of the archive. */
export interface ZipEntry {
  readonly name: string;
  readonly size: number;
  readonly packed: number;
  /** 0: stored as it is; 8: deflate. */
  readonly method: number;
  readonly encrypted: boolean;
  /** Where its local header is. */
  readonly at: number;
}

/** The entries of a zip archive that were read, and how many there are. */
export interface ZipDirectory {
  readonly entries: readonly ZipEntry[];
  readonly entriesInAll: number;
}

const endLength = 22;
const longestComment = 65_535;
/** Most bytes of the directory that are read. */
const mostDirectory = 400_000;
const sizesIn64 = 0xffffffff;

/**
 * Reads the directory at the end of a zip archive (PKWARE, APPNOTE.TXT 4.3), at most its first 400 kB. Nothing is unpacked.
 * Throws MlopsError invalid.
 */
export async function zipDirectory(file: RangedFile): Promise<ZipDirectory> {
  const end = await findEnd(file);
  if (end.at > file.size || end.at + end.length > file.size)
    throw broken('Its directory would lie outside the file: the archive is cut off or broken.');
  const bytes = await file.read(end.at, Math.min(end.length, mostDirectory));
  const cursor = new Cursor(bytes);
  const entries: ZipEntry[] = [];
  // An entry that the bound cuts is not there any more.
  while (cursor.left >= 46 && entries.length < end.entries) {
    const entry = readEntry(cursor, end.length > mostDirectory);
    if (entry === undefined) break;
    entries.push(entry);
  }
  return { entries, entriesInAll: Math.max(end.entries, entries.length) };
}

interface End {
  readonly entries: number;
  readonly at: number;
  readonly length: number;
}

async function findEnd(file: RangedFile): Promise<End> {
  for (const tail of [1024, endLength + longestComment]) {
    const from = Math.max(0, file.size - tail);
    const bytes = await file.read(from, file.size - from);
    const index = lastSignature(bytes);
    if (index >= 0) return readEnd(file, bytes, { index, from });
  }
  throw broken('It has no directory at its end: the archive is cut off or broken.');
}

/** Where the record at the end begins: "PK\5\6". */
function lastSignature(bytes: Uint8Array): number {
  for (let at = bytes.length - endLength; at >= 0; at -= 1)
    if (bytes[at] === 0x50 && bytes[at + 1] === 0x4b && bytes[at + 2] === 5 && bytes[at + 3] === 6) return at;
  return -1;
}

async function readEnd(
  file: RangedFile,
  bytes: Uint8Array,
  { index, from }: { readonly index: number; readonly from: number },
): Promise<End> {
  const cursor = new Cursor(bytes, index + 10);
  const end = { entries: cursor.u16(), length: cursor.u32(), at: cursor.u32() };
  if (end.entries !== 0xffff && end.length !== sizesIn64 && end.at !== sizesIn64) return end;
  // A larger archive has its sizes in a record before, which a locator of 20 bytes names.
  if (index < 20) return end;
  const locator = new Cursor(bytes, index - 20);
  if (locator.u32() !== 0x07064b50) return end;
  locator.skip(4);
  const at = locator.u64();
  if (at >= from + index) throw broken('Its directory would lie outside the file.');
  const record = new Cursor(await file.read(at, 56), 32);
  return { entries: record.u64(), length: record.u64(), at: record.u64() };
}

/** The next entry; undefined where the bytes end within it, which they may where `cut` says so. */
function readEntry(cursor: Cursor, cut: boolean): ZipEntry | undefined {
  if (cursor.u32() !== 0x02014b50) throw broken('Its directory is broken.');
  cursor.skip(4);
  const flags = cursor.u16();
  const method = cursor.u16();
  cursor.skip(8);
  const packed = cursor.u32();
  const size = cursor.u32();
  const [nameLength, extraLength, commentLength] = [cursor.u16(), cursor.u16(), cursor.u16()];
  cursor.skip(8);
  const at = cursor.u32();
  const rest = nameLength + extraLength + commentLength;
  if (cut && cursor.left < rest) return undefined;
  const name = utf8(cursor.part(nameLength));
  const sizes = in64({ size, packed, at }, cursor.part(extraLength));
  cursor.skip(commentLength);
  return { name, method, encrypted: (flags & 1) !== 0, ...sizes };
}

interface Sizes {
  readonly size: number;
  readonly packed: number;
  readonly at: number;
}

/** The sizes, those of more than 32 bits from the extra field 1. */
function in64({ size, packed, at }: Sizes, extra: Uint8Array): Sizes {
  const cursor = new Cursor(extra);
  while (cursor.left >= 4) {
    const [id, length] = [cursor.u16(), cursor.u16()];
    if (length > cursor.left) break;
    const field = new Cursor(cursor.part(length));
    if (id !== 1) continue;
    const large = (value: number) => (value === sizesIn64 && field.left >= 8 ? field.u64() : value);
    return { size: large(size), packed: large(packed), at: large(at) };
  }
  return { size, packed, at };
}

/** The first bytes of an entry as they are in the archive, at most `most`. Throws MlopsError invalid. */
export async function packedBytes(file: RangedFile, entry: ZipEntry, most: number): Promise<Uint8Array> {
  const header = new Cursor(await file.read(entry.at, 30));
  if (header.u32() !== 0x04034b50) throw broken('An entry is not where the directory says.');
  header.skip(22);
  const start = entry.at + 30 + header.u16() + header.u16();
  return file.read(start, Math.min(entry.packed, most));
}
