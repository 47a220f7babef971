import * as z from 'zod';
import type { ParquetHead, RangedFile, TableBounds } from '../../core/ports/previewReaders.ts';
import { readInChild } from '../node/reader/readInChild.ts';

const text = z.string().max(100_000);
const head: z.ZodType<ParquetHead> = z.object({
  columns: z.array(z.object({ name: text, type: text })).max(10_000),
  columnsInAll: z.number(),
  rowsInAll: z.number(),
  rowGroups: z.number(),
  createdBy: text.exactOptional(),
  compressions: z.array(text).max(100),
  rows: z.array(z.array(text.nullable()).max(10_000)).max(10_000),
  withoutRows: text.exactOptional(),
});

/**
 * The schema and the first rows of a Parquet file, read by `program` (the file child.ts as built) within 15 s and 512 MB. Of
 * each column, the first pages are read. Throws MlopsError as `readInChild` does.
 */
export async function parquetHead(
  program: string,
  file: RangedFile,
  bounds: TableBounds,
  signal: AbortSignal,
): Promise<ParquetHead> {
  const found = await readInChild({ program, deadlineMs: 15_000, memory: 512 }, file, bounds, signal);
  return head.parse(found);
}
