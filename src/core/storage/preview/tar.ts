import type { RangedFile } from '../../ports/previewReaders.ts';
import { broken, utf8 } from './cursor.ts';

/** An entry of a tar archive. */
export interface TarEntry {
  readonly name: string;
  readonly size: number;
  readonly kind: 'file' | 'folder' | 'link' | 'other';
}

const block = 512;
/** Most entries, since each may cost a request. */
const mostRequests = 100;
const longestName = 65_536;

/**
 * The first entries of a tar archive (POSIX.1-2024, pax: ustar), by the headers before their contents, which are skipped.
 * `whole`: the end of the archive was reached. Throws MlopsError invalid where its beginning is no header.
 */
export async function tarEntries(
  file: RangedFile,
  most: number,
): Promise<{ readonly entries: readonly TarEntry[]; readonly whole: boolean }> {
  const entries: TarEntry[] = [];
  let at = 0;
  let longName: string | undefined;
  for (let requests = 0; requests < mostRequests && entries.length < most; requests += 1) {
    const header = await file.read(at, block);
    if (isEnd(header)) return { entries, whole: true };
    if (!checksumHolds(header)) {
      if (at === 0) throw broken('It does not begin as a tar archive.');
      break;
    }
    const size = numberAt(header, 124, 12);
    const type = String.fromCharCode(header[156] ?? 0);
    if (type === 'L' || type === 'x')
      longName = nameIn(type, utf8(await file.read(at + block, Math.min(size, longestName)))) ?? longName;
    else if (type !== 'g') {
      entries.push({ name: longName ?? nameOf(header), size, kind: kindOf(type) });
      longName = undefined;
    }
    at += block + Math.ceil(size / block) * block;
  }
  return { entries, whole: false };
}

/** An archive ends with blocks of zeros, or where there are no more bytes. */
const isEnd = (header: Uint8Array) => header.length < block || header.every((byte) => byte === 0);

/** The name that a record before an entry gives it: GNU's, or the path of pax. */
function nameIn(type: 'L' | 'x', text: string): string | undefined {
  if (type === 'L') return text.replace(/\0[^]*$/, '');
  return /(?:^|\n)\d+ path=(.*)\n/.exec(text)?.[1];
}

function kindOf(type: string): TarEntry['kind'] {
  if (type === '0' || type === '\0' || type === '7') return 'file';
  if (type === '5') return 'folder';
  return type === '1' || type === '2' ? 'link' : 'other';
}

function nameOf(header: Uint8Array): string {
  const prefix = textAt(header, 345, 155);
  const name = textAt(header, 0, 100);
  return textAt(header, 257, 5) === 'ustar' && prefix !== '' ? `${prefix}/${name}` : name;
}

function textAt(header: Uint8Array, at: number, length: number): string {
  const field = header.subarray(at, at + length);
  const end = field.indexOf(0);
  return utf8(end < 0 ? field : field.subarray(0, end));
}

/** An octal number, or a binary one where its first bit is set. */
function numberAt(header: Uint8Array, at: number, length: number): number {
  const field = header.subarray(at, at + length);
  if ((field[0] ?? 0) & 0x80) {
    const value = [...field.subarray(1)].reduce((sum, byte) => sum * 256 + byte, (field[0] ?? 0) & 0x7f);
    if (!Number.isSafeInteger(value)) throw broken('An entry claims a size that no file has.');
    return value;
  }
  return Number.parseInt(textAt(header, at, length).trim() || '0', 8) || 0;
}

/** The sum of the bytes of the header, with its own field taken as spaces. */
function checksumHolds(header: Uint8Array): boolean {
  const sum = header.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 0x20 : byte), 0);
  return sum === numberAt(header, 148, 8);
}
