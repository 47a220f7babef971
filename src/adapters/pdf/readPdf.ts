import { getDocument, InvalidPDFException, PasswordException, PDFDataRangeTransport } from 'unpdf/pdfjs';
import type { PdfText, RangedFile } from '../../core/ports/previewReaders.ts';

/** How much of a PDF is read. */
export interface PdfBounds {
  readonly pages: number;
  /** Of the text, in characters. */
  readonly characters: number;
}

const partBytes = 65_536;

/** The text of the first pages of a PDF, by the parts of the file that they need. */
export async function readPdf(file: RangedFile, { pages, characters }: PdfBounds): Promise<PdfText> {
  const beginning = await file.read(0, partBytes);
  const document = await getDocument({
    range: new Parts(file, beginning),
    rangeChunkSize: partBytes,
    disableAutoFetch: true,
    disableStream: true,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    // Errors alone: nobody reads what it prints.
    verbosity: 0,
  }).promise;
  const texts: string[] = [];
  let length = 0;
  for (let number = 1; number <= Math.min(pages, document.numPages) && length < characters; number += 1) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    const text = items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join('');
    texts.push(text.slice(0, characters - length));
    length += text.length;
  }
  const { info } = await document.getMetadata();
  const title = titleIn(info);
  return { pages: document.numPages, ...(title === undefined ? {} : { title }), texts };
}

function titleIn(info: object): string | undefined {
  const title = 'Title' in info && typeof info.Title === 'string' ? info.Title.trim() : '';
  return title === '' ? undefined : title.slice(0, 300);
}

/** Reads what the library asks for. */
class Parts extends PDFDataRangeTransport {
  readonly #file: RangedFile;

  constructor(file: RangedFile, beginning: Uint8Array) {
    super(file.size, Uint8Array.from(beginning));
    this.#file = file;
  }

  override requestDataRange(begin: number, end: number): void {
    void this.#file.read(begin, end - begin).then((bytes) => this.onDataRange(begin, Uint8Array.from(bytes)));
  }
}

/** What is wrong with a PDF that could not be read, as a sentence. */
export function whatIsWrong(error: unknown): string {
  if (error instanceof PasswordException) return 'It is protected with a password.';
  if (error instanceof InvalidPDFException) return 'It is cut off, or its structure is not that of a PDF.';
  return 'Its bytes are not those of a PDF that can be read.';
}
