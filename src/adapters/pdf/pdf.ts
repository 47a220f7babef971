import * as z from 'zod';
import type { PdfText, RangedFile } from '../../core/ports/previewReaders.ts';
import { readInChild } from '../node/reader/readInChild.ts';
import type { PdfBounds } from './readPdf.ts';

const found: z.ZodType<PdfText> = z.object({
  pages: z.number(),
  title: z.string().max(300).exactOptional(),
  texts: z.array(z.string().max(1_000_000)).max(1000),
});

/**
 * The text of the first pages of a PDF, read by `program` (the file child.ts as built) within 20 s and 512 MB. Nothing in the
 * PDF is run. Throws MlopsError as `readInChild` does.
 */
export async function pdfText(
  program: string,
  file: RangedFile,
  bounds: PdfBounds,
  signal: AbortSignal,
): Promise<PdfText> {
  return found.parse(await readInChild({ program, deadlineMs: 20_000, memory: 512 }, file, bounds, signal));
}
