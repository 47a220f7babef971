import type { ObjectStore } from '../../ports/objectStore.ts';
import type { ObjectName } from '../../ports/objectWrites.ts';
import type { PreviewReaders } from '../../ports/previewReaders.ts';
import { BoundedObject } from './boundedObject.ts';
import { headBytes, mostBytes, type TableLimits, usualLimits } from './bounds.ts';
import { binaryContent } from './binary.ts';
import { detectFormat, type Format } from './detect.ts';
import { gzipFile, tarFile, zipFile } from './archives.ts';
import { isBroken } from './cursor.ts';
import { parquetFile, pdfFile } from './documents.ts';
import { ggufFile, onnxFile } from './models.ts';
import { numpyArray } from './npy.ts';
import { pickleFile } from './pickles.ts';
import { pictureFile } from './pictures.ts';
import type { Preview } from './preview.ts';
import { safetensorsFile } from './safetensors.ts';
import { type Beginning, beginningOf, found, type Found, type Source } from './source.ts';
import { jsonLinesTable, separatedTable } from './tables.ts';
import { jsonDocument, logText, plainText } from './texts.ts';

export interface PreviewDeps {
  /** Left out: formats that need them are described by their first bytes. */
  readonly readers?: PreviewReaders;
  /** True: a picture is read whole where it is small enough to be shown. */
  readonly pictures?: boolean;
  /** How much of a table is read; left out: 200 rows of 100 columns. */
  readonly limits?: TableLimits;
}

/**
 * A bounded look at an object, by ranged reads of one state of it: at most 1 MB is read, of Parquet and PDF 16 MB, of pictures
 * that are to be shown 8 MB. Nothing in it is run or loaded. A broken file is a preview that says so.
 * Throws MlopsError as the store does.
 */
export async function previewObject(
  store: ObjectStore,
  { bucket, key }: ObjectName,
  { readers, pictures = false, limits = usualLimits }: PreviewDeps,
  signal: AbortSignal,
): Promise<Preview> {
  const stat = await store.stat(bucket, key, signal);
  if (stat.size === 0) return { stat, content: { kind: 'empty' }, read: 0, cut: [] };
  const object = new BoundedObject(store, stat, mostBytes, signal);
  const head = await object.head(headBytes);
  const source: Source = { object, head, readers, pictures, limits, signal };
  const { format, mismatch } = detectFormat(key, head);
  const { content, cut } = mismatch ? await mismatched(source, format) : await contentOf(source, format);
  return { stat, content, read: object.bytesRead, cut };
}

async function contentOf(source: Source, format: Format): Promise<Found> {
  const read = readers[format];
  try {
    return (await read?.(source)) ?? (await textOrBinary(source));
  } catch (error) {
    if (!isBroken(error)) throw error;
    return found({ kind: 'broken', format: formatName(format), reason: error.message });
  }
}

type Reader = (source: Source) => Promise<Found | undefined>;

/** A reader of texts; undefined for bytes that are no text. */
const text =
  (read: (text: Beginning, source: Source) => Found | undefined | Promise<Found>): Reader =>
  async (source) => {
    const beginning = await beginningOf(source);
    return beginning === undefined ? undefined : read(beginning, source);
  };

/** How each format is read; what is not here, or reads as nothing, is shown as text or bytes. */
const readers: Readonly<Partial<Record<Format, Reader>>> = {
  csv: text((beginning, { object: { size }, limits }) =>
    separatedTable(beginning, undefined, { size, limits }),
  ),
  tsv: text((beginning, { object: { size }, limits }) => separatedTable(beginning, '\t', { size, limits })),
  json: text((beginning, { object, limits }) =>
    looksLikeLines(beginning)
      ? jsonLinesTable(beginning, limits)
      : jsonDocument(beginning, object.size, limits),
  ),
  jsonl: text((beginning, { limits }) => jsonLinesTable(beginning, limits)),
  markdown: text((beginning, { object }) => plainText('Markdown', beginning, object.size)),
  html: text((beginning, { object }) => plainText('HTML', beginning, object.size)),
  svg: text((beginning, { object }) => plainText('SVG', beginning, object.size)),
  log: text(logText),
  parquet: parquetFile,
  pdf: pdfFile,
  png: (source) => pictureFile('png', source),
  jpeg: (source) => pictureFile('jpeg', source),
  gif: (source) => pictureFile('gif', source),
  webp: (source) => pictureFile('webp', source),
  npy: numpyArray,
  safetensors: safetensorsFile,
  pickle: pickleFile,
  zip: zipFile,
  gzip: gzipFile,
  tar: tarFile,
  gguf: ggufFile,
  onnx: onnxFile,
};

/** Some call JSON lines .json. */
function looksLikeLines({ text: all }: Beginning): boolean {
  const [first = '', second = ''] = all.split('\n', 2);
  return /^\s*\{.*\}\s*$/.test(first) && /^\s*\{/.test(second);
}

async function textOrBinary(source: Source): Promise<Found> {
  const beginning = await beginningOf(source);
  if (beginning === undefined) return binaryContent(source);
  const { text: all } = beginning;
  if (/^\s*(?:<!doctype html|<html)\b/i.test(all)) return plainText('HTML', beginning, source.object.size);
  if (/^\s*[{[]/.test(all) && beginning.whole) return jsonDocument(beginning, source.object.size);
  return plainText('text', beginning, source.object.size);
}

async function mismatched(source: Source, format: Format): Promise<Found> {
  const { content, cut } = await textOrBinary(source);
  const name = formatName(format);
  const found = content.kind === 'binary' ? 'its first bytes are others' : 'it is a text';
  return { content, cut: [`Its name says ${name}, but ${found}.`, ...cut] };
}

/** A format in words. */
function formatName(format: Format): string {
  if (format === 'npy') return 'NumPy array';
  if (format === 'pickle' || format === 'safetensors') return format;
  return format === 'parquet' ? 'Parquet' : format.toUpperCase();
}
