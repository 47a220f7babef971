/** Most bytes that are read of an object to describe it. */
export const mostBytes = 1_000_000;
/** Most bytes that are read of formats whose beginning is spread over the file: Parquet and PDF. */
export const mostSpreadBytes = 16_000_000;
/** Most bytes of a picture that a panel shows. */
export const mostPictureBytes = 8_000_000;
/** Bytes that tell what an object is. */
export const headBytes = 65_536;
/** Bytes of a text that its preview holds. */
export const textBytes = 262_144;
/** Bytes of the end of a log. */
export const tailBytes = 32_768;
/** Bytes of a compressed text that are unpacked. */
export const inflatedBytes = 262_144;
/** Characters of a cell. */
export const mostCharacters = 500;
/** Entries of an archive, tensors, arrays. */
export const mostEntries = 500;
/** Pages of a PDF whose text is read, and the characters of it. */
export const pdfBounds = { pages: 20, characters: 60_000 };

/** How much of a table is read. */
export interface TableLimits {
  readonly rows: number;
  readonly columns: number;
  /** Of a text. */
  readonly bytes: number;
  /** Of formats that are read by columns: only the columns of these names. */
  readonly only?: readonly string[];
}

export const usualLimits: TableLimits = { rows: 200, columns: 100, bytes: textBytes };
