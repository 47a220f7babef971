import { parquetHeader } from 'hyparquet/src/column.js';
import type { ColumnMetaData, PageHeader } from 'hyparquet';
import type { RangedFile } from '../../core/ports/previewReaders.ts';
import { BrokenFile } from '../node/reader/serveReader.ts';

/** Most values of a page, and bytes of a page when it is unpacked: writers keep to a thousandth of these. */
const mostValues = 5_000_000;
const mostPageBytes = 64_000_000;
/** Longest header of a page, which may hold statistics. */
const headerBytes = 65_536;
const firstHeaderBytes = 4096;
/** A nested column is read whole, since only its values tell where its rows end. */
const mostNestedBytes = 2_000_000;
const mostUnpackedBytes = 128_000_000;

/** Where the first pages of a column are that hold `rows` rows: whole pages, whose headers were checked. */
export async function firstPages(
  file: RangedFile,
  meta: ColumnMetaData,
  { rows, flat }: { readonly rows: number; readonly flat: boolean },
): Promise<{ readonly start: number; readonly end: number }> {
  const start = Number(meta.dictionary_page_offset || meta.data_page_offset);
  const limit = start + Number(meta.total_compressed_size);
  if (!(start >= 4) || !(limit >= start) || limit > file.size)
    throw new BrokenFile('They would lie outside the file.');
  if (!flat && limit - start > mostNestedBytes)
    throw new BrokenFile('They are nested, and too many to look at.');
  let at = start;
  let [values, unpacked] = [0, 0];
  while (at < limit && (!flat || values < rows)) {
    const { header, length } = await pageHeader(file, at, limit);
    values += checkedValues(header);
    unpacked += header.uncompressed_page_size;
    at += length + header.compressed_page_size;
    if (at > limit) throw new BrokenFile('A page of them would be longer than all of them.');
    if (unpacked > mostUnpackedBytes) throw new BrokenFile('They are too large when they are unpacked.');
  }
  return { start, end: at };
}

async function pageHeader(
  file: RangedFile,
  at: number,
  limit: number,
): Promise<{ readonly header: PageHeader; readonly length: number }> {
  for (const length of [firstHeaderBytes, headerBytes]) {
    const bytes = await file.read(at, Math.min(length, limit - at));
    const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
    try {
      const header = parquetHeader(reader);
      if (reader.offset <= bytes.length) return { header, length: reader.offset };
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  throw new BrokenFile('A page of them has no header that can be read.');
}

/** The rows or values that a page claims; none for a dictionary. */
function checkedValues(header: PageHeader): number {
  const { uncompressed_page_size: unpacked, compressed_page_size: packed } = header;
  const { data_page_header: first, data_page_header_v2: second, dictionary_page_header: dictionary } = header;
  const values = (first ?? second ?? dictionary)?.num_values ?? 0;
  if (!within(packed, mostPageBytes) || !within(unpacked, mostPageBytes) || !within(values, mostValues))
    throw new BrokenFile(`A page of them claims ${values} values in ${unpacked} bytes.`);
  return first?.num_values ?? second?.num_rows ?? 0;
}

const within = (value: number, most: number) => value >= 0 && value <= most;
