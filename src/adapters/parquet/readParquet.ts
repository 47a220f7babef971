import {
  type AsyncBuffer,
  type ColumnMetaData,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
  type SchemaTree,
} from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { own } from '../../core/domain/own.ts';
import type { ParquetHead, RangedFile, TableBounds } from '../../core/ports/previewReaders.ts';
import { inBlocks } from '../node/reader/inBlocks.ts';
import { BrokenFile } from '../node/reader/serveReader.ts';
import { cellText } from './cellText.ts';
import { firstPages } from './firstPages.ts';
import { typeName } from './typeName.ts';

const footerBytes = 65_536;
const blockBytes = 65_536;
/** Longest footer; one of ten thousand columns and a hundred row groups has less. */
const mostFooter = 8_000_000;
/** The library reads columns together up to 2 MB. */
const mostTogether = 4_000_000;

/**
 * The schema of a Parquet file, its counts, and its first rows, of the first pages of each column. A column that cannot be
 * read has no values, and `withoutRows` says why.
 */
export async function readParquet(whole: RangedFile, bounds: TableBounds): Promise<ParquetHead> {
  const file = inBlocks(whole, blockBytes);
  const metadata = await readMetadata(file);
  const columns = parquetSchema(metadata).children;
  const only = bounds.only?.map((name) => name.toLowerCase());
  const shown = columns
    .filter(({ element }) => only === undefined || only.includes(element.name.toLowerCase()))
    .slice(0, bounds.columns);
  const rowsInAll = Number(metadata.num_rows);
  const inGroups = metadata.row_groups.reduce((sum, { num_rows }) => sum + Number(num_rows), 0);
  if (!(rowsInAll >= 0) || rowsInAll !== inGroups)
    throw new BrokenFile(`It claims ${rowsInAll} rows, but its row groups have ${inGroups}.`);
  const { values, problem } = await readColumns(file, metadata, { shown, rows: bounds.rows });
  const count = Math.min(bounds.rows, rowsInAll, Math.max(0, ...values.map(({ length }) => length)));
  return {
    columns: shown.map((column) => ({ name: column.element.name, type: typeName(column) })),
    columnsInAll: columns.length,
    rowsInAll,
    rowGroups: metadata.row_groups.length,
    ...(metadata.created_by === undefined ? {} : { createdBy: metadata.created_by.slice(0, 200) }),
    compressions: [
      ...new Set(metadata.row_groups[0]?.columns.flatMap(({ meta_data }) => meta_data?.codec ?? []) ?? []),
    ].filter((codec) => codec !== 'UNCOMPRESSED'),
    rows: Array.from({ length: count }, (_, row) =>
      values.map((column) => cellText(column[row], bounds.characters)),
    ),
    ...(problem === undefined ? {} : { withoutRows: problem }),
  };
}

async function readMetadata(file: RangedFile): Promise<FileMetaData> {
  const tail = await file.read(Math.max(0, file.size - 8), 8);
  if (tail.length < 8) throw new BrokenFile('It ends too early.');
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  if (view.getUint32(4, true) !== 0x31524150)
    throw new BrokenFile('It does not end as a Parquet file does: it is cut off or broken.');
  const length = view.getUint32(0, true);
  if (length > Math.min(mostFooter, file.size - 12))
    throw new BrokenFile(`Its footer claims ${length} bytes, of ${file.size} in all.`);
  return parquetMetadataAsync(bufferOf(file), { initialFetchSize: footerBytes });
}

interface Read {
  /** The first values of each column. */
  readonly values: readonly (readonly unknown[])[];
  readonly problem: string | undefined;
}

async function readColumns(
  file: RangedFile,
  metadata: FileMetaData,
  { shown, rows }: { readonly shown: readonly SchemaTree[]; readonly rows: number },
): Promise<Read> {
  const values: unknown[][] = [];
  let problem: string | undefined;
  for (const column of shown) {
    try {
      values.push(await readColumn(file, metadata, { column, rows }));
    } catch (error) {
      values.push([]);
      const reason = error instanceof BrokenFile ? error.message : 'Its bytes contradict each other.';
      problem ??= `The values of ${JSON.stringify(column.element.name.slice(0, 100))} cannot be read. ${reason}`;
    }
  }
  return { values, problem };
}

/** The first values of a column, of the first row group alone. */
async function readColumn(
  file: RangedFile,
  metadata: FileMetaData,
  { column, rows }: { readonly column: SchemaTree; readonly rows: number },
): Promise<unknown[]> {
  const [group] = metadata.row_groups;
  if (group === undefined) return [];
  const wanted = Math.min(rows, Number(group.num_rows));
  const { name } = column.element;
  const chunks = group.columns.flatMap(({ meta_data }) =>
    meta_data?.path_in_schema[0] === name ? [meta_data] : [],
  );
  const flat = column.children.length === 0 && column.element.repetition_type !== 'REPEATED';
  const pages = await Promise.all(chunks.map((meta) => pagesOf(file, meta, { rows: wanted, flat })));
  const objects = await parquetReadObjects({
    file: ofPages(file, pages),
    metadata: { ...metadata, row_groups: [group] },
    columns: [name],
    rowStart: 0,
    rowEnd: wanted,
    compressors,
  });
  return objects.map((object) => own<unknown>(object, name));
}

/** The first pages of a column, and where its bytes end in the file. */
interface Pages {
  readonly start: number;
  readonly until: number;
  readonly bytes: Uint8Array;
}

async function pagesOf(
  file: RangedFile,
  meta: ColumnMetaData,
  how: { readonly rows: number; readonly flat: boolean },
): Promise<Pages> {
  const { start, end } = await firstPages(file, meta, how);
  const bytes = await file.read(start, end - start);
  return { start, until: start + Number(meta.total_compressed_size), bytes };
}

/**
 * The file as the library asks for it. Where it asks for a column, it gets its first pages; for several that are close to each
 * other, all of them in their places.
 */
function ofPages(file: RangedFile, pages: readonly Pages[]): AsyncBuffer {
  return {
    byteLength: file.size,
    slice(from, to = file.size) {
      const column = pages.find(({ start, until }) => start === from && to === until);
      if (column !== undefined) return exactly(column.bytes);
      if (to - from > mostTogether) throw new BrokenFile('They lie too far from each other.');
      const all = new Uint8Array(to - from);
      for (const { start, bytes } of pages)
        if (start >= from && start + bytes.length <= to) all.set(bytes, start - from);
      return all.buffer;
    },
  };
}

function bufferOf(file: RangedFile): AsyncBuffer {
  return {
    byteLength: file.size,
    slice: async (from, to = file.size) => exactly(await file.read(from, to - from)),
  };
}

const exactly = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;
