import type { PreviewReaders, RangedFile } from '../../ports/previewReaders.ts';
import { count } from '../../text/markdown.ts';
import { size as bytesText } from '../../text/units.ts';
import { headBytes, inflatedBytes, mostEntries } from './bounds.ts';
import { isBroken } from './cursor.ts';
import { decodeText } from './decodeText.ts';
import { detectFormat, extensionOf } from './detect.ts';
import { hexLines } from './hex.ts';
import { arrayFacts, readArrayHeader, shapeText } from './npy.ts';
import { describedPickle, picklePreview } from './pickles.ts';
import { scanPickle } from './pickleScan.ts';
import type { DescribedContent, Fact } from './preview.ts';
import { type Beginning, found, type Found, type Source } from './source.ts';
import { jsonLinesTable, separatedTable } from './tables.ts';
import { tarEntries } from './tar.ts';
import { jsonDocument, plainText } from './texts.ts';
import { packedBytes, type ZipDirectory, zipDirectory, type ZipEntry } from './zip.ts';

const columns = (...names: readonly string[]) => names.map((name) => ({ name, type: '' }));

/** A zip archive by its directory; arrays of NumPy and models of PyTorch are described as such. Nothing is unpacked. */
export async function zipFile({ object, readers }: Source): Promise<Found> {
  const directory = await zipDirectory(object);
  const { entries } = directory;
  const arrays = entries.filter(({ name }) => name.endsWith('.npy'));
  if (arrays.length > 0 && arrays.length === entries.length) return numpyArrays(object, directory, readers);
  const pickle = entries.find(({ name }) => /^(?:[^/]+\/)?data\.pkl$/.test(name));
  if (pickle !== undefined) return torchFile(object, directory, { pickle, readers });
  return listing('zip archive', directory);
}

function listing(format: string, { entries, entriesInAll }: ZipDirectory): Found {
  const shown = entries.slice(0, mostEntries);
  const content: DescribedContent = {
    kind: 'described',
    format,
    facts: zipFacts(entries, entriesInAll),
    table: {
      columns: columns('entry', 'size', 'packed'),
      rows: shown.map(({ name, size, packed }) => [name, bytesText(size), bytesText(packed)]),
    },
    ...bombWarning(entries),
  };
  return found(content, moreEntries(shown.length, entriesInAll));
}

const moreEntries = (shown: number, all: number) =>
  all > shown && `The first ${shown} of ${count(all, 'entry', 'entries')} are shown.`;

function zipFacts(entries: readonly ZipEntry[], all: number): readonly Fact[] {
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  return [
    { name: 'entries', value: String(all) },
    { name: 'unpacked', value: `${bytesText(total)}, as it says` },
    ...(entries.some(({ encrypted }) => encrypted) ? [{ name: 'encrypted', value: 'yes' }] : []),
  ];
}

/** An archive that would unpack to a thousand times its size is meant to fill a disk. */
function bombWarning(entries: readonly ZipEntry[]): Pick<DescribedContent, 'warning'> {
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  const packed = entries.reduce((sum, entry) => sum + entry.packed, 0);
  if (total < 1e8 || total < packed * 500) return {};
  return {
    warning: `It would unpack to ${bytesText(total)} from ${bytesText(packed)}: it may be made to fill a disk. It was not unpacked.`,
  };
}

/** Arrays whose headers are read, since each costs two requests. */
const mostArrays = 20;

async function numpyArrays(
  file: RangedFile,
  directory: ZipDirectory,
  readers: PreviewReaders | undefined,
): Promise<Found> {
  const shown = directory.entries.slice(0, mostArrays);
  const rows: string[][] = [];
  for (const entry of shown) {
    const name = entry.name.replace(/\.npy$/, '');
    const header = await headerOf(file, entry, readers);
    rows.push(
      header === undefined ? [name, '', '', bytesText(entry.size)] : [name, ...header, bytesText(entry.size)],
    );
  }
  return found(
    {
      kind: 'described',
      format: 'NumPy arrays',
      facts: zipFacts(directory.entries, directory.entriesInAll),
      table: { columns: columns('array', 'type', 'shape', 'size'), rows },
      ...bombWarning(directory.entries),
    },
    moreEntries(shown.length, directory.entriesInAll),
  );
}

/** Type and shape of an array in an archive; undefined where they cannot be read. */
async function headerOf(
  file: RangedFile,
  entry: ZipEntry,
  readers: PreviewReaders | undefined,
): Promise<readonly string[] | undefined> {
  try {
    const bytes = await entryBytes(file, entry, { most: 1024, readers });
    if (bytes === undefined) return undefined;
    const header = readArrayHeader(bytes);
    const [type] = arrayFacts(header, 0);
    return [type?.value ?? '', shapeText(header.shape)];
  } catch (error) {
    if (!isBroken(error)) throw error;
    return undefined;
  }
}

/** The first bytes of an entry, unpacked within a bound; undefined where nothing here unpacks it. */
async function entryBytes(
  file: RangedFile,
  entry: ZipEntry,
  { most, readers }: { readonly most: number; readonly readers: PreviewReaders | undefined },
): Promise<Uint8Array | undefined> {
  if (entry.encrypted) return undefined;
  if (entry.method === 0) return packedBytes(file, entry, most);
  if (entry.method !== 8) return undefined;
  return readers?.inflate(await packedBytes(file, entry, most), 'deflate-raw', most);
}

/** A model of PyTorch (torch.save): an archive with a pickle, which names the code that loading it would run. */
async function torchFile(
  file: RangedFile,
  directory: ZipDirectory,
  { pickle, readers }: { readonly pickle: ZipEntry; readonly readers: PreviewReaders | undefined },
): Promise<Found> {
  const bytes = await entryBytes(file, pickle, { most: inflatedBytes, readers });
  const { entries, entriesInAll } = directory;
  if (bytes === undefined) return listing('PyTorch archive', directory);
  const storages = entries.filter(({ name }) => /\/data\/\d+$/.test(name));
  const facts = scanPickle(bytes);
  return found(
    describedPickle('PyTorch archive', facts, [
      { name: 'entries', value: String(entriesInAll) },
      {
        name: 'tensors',
        value: `${storages.length}, ${bytesText(storages.reduce((sum, { size }) => sum + size, 0))}`,
      },
    ]),
    !facts.whole && `Only the first ${bytesText(bytes.length)} of its pickle were looked at.`,
  );
}

/** The entries of a tar archive. */
export async function tarFile({ object }: Source): Promise<Found> {
  return tarListing('tar archive', object);
}

async function tarListing(format: string, file: RangedFile): Promise<Found> {
  const { entries, whole } = await tarEntries(file, mostEntries);
  return found(
    {
      kind: 'described',
      format,
      facts: [{ name: 'entries', value: whole ? String(entries.length) : `more than ${entries.length}` }],
      table: {
        columns: columns('entry', 'kind', 'size'),
        rows: entries.map(({ name, kind, size }) => [name, kind, kind === 'file' ? bytesText(size) : '']),
      },
    },
    !whole && `The first ${count(entries.length, 'entry', 'entries')} are shown.`,
  );
}

/** What is packed with gzip: the beginning of it, as what it is. */
export async function gzipFile({ object, head, readers }: Source): Promise<Found | undefined> {
  if (readers === undefined) return undefined;
  const packed = object.size > head.length ? await object.head(headBytes * 2) : head;
  const bytes = await readers.inflate(packed, 'gzip', inflatedBytes);
  const whole = packed.length >= object.size && bytes.length < inflatedBytes;
  const name = object.stat.key.replace(/\.gz$/i, '').replace(/\.tgz$/i, '.tar');
  const inside = await unpacked(name, bytes, whole);
  const cut = whole
    ? []
    : [`Packed with gzip: the first ${bytesText(bytes.length)} of what is in it were looked at.`];
  return { content: inside.content, cut: [...cut, ...inside.cut] };
}

async function unpacked(name: string, bytes: Uint8Array, whole: boolean): Promise<Found> {
  const { format } = detectFormat(name, bytes);
  if (format === 'tar') {
    const file: RangedFile = {
      size: bytes.length,
      read: async (at, length) => bytes.subarray(at, at + length),
    };
    return withoutClaim(await tarListing('tar archive in gzip', file), whole);
  }
  const pickle = format === 'pickle' ? picklePreview(bytes) : undefined;
  if (pickle !== undefined) return pickle;
  const decoded = decodeText(bytes);
  if (decoded === undefined)
    return found({ kind: 'binary', guess: 'packed with gzip', hex: hexLines(bytes.subarray(0, 256)) });
  const text: Beginning = { ...decoded, whole, bytes: bytes.length };
  const extension = extensionOf(name);
  if (extension === 'csv') return separatedTable(text, undefined);
  if (extension === 'tsv') return separatedTable(text, '\t');
  if (extension === 'jsonl' || extension === 'ndjson') return jsonLinesTable(text) ?? plainText('text', text);
  return extension === 'json' ? jsonDocument(text) : plainText('text', text);
}

/** Where only the beginning was unpacked, the end of the bytes is not that of the archive. */
function withoutClaim(listed: Found, whole: boolean): Found {
  if (whole || listed.content.kind !== 'described') return listed;
  const entries = listed.content.table?.rows.length ?? 0;
  return found(
    { ...listed.content, facts: [{ name: 'entries', value: `at least ${entries}` }] },
    `The first ${count(entries, 'entry', 'entries')} are shown.`,
  );
}
