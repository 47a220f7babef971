/** A part of an object: `offset` ≥ 0 and `length` ≥ 1, in bytes; fewer bytes at its end. Throws MlopsError. */
export type ReadPart = (offset: number, length: number) => Promise<Uint8Array>;

/** An object as a reader of a format sees it. */
export interface RangedFile {
  /** In bytes. */
  readonly size: number;
  readonly read: ReadPart;
}

/** A column of a table in a file. */
export interface FileColumn {
  readonly name: string;
  readonly type: string;
}

/** The beginning of a Parquet file. */
export interface ParquetHead {
  readonly columns: readonly FileColumn[];
  /** Columns that the file has. */
  readonly columnsInAll: number;
  /** Rows that the file says it has. */
  readonly rowsInAll: number;
  readonly rowGroups: number;
  readonly createdBy?: string;
  readonly compressions: readonly string[];
  /** Cells as text; null where there is no value. */
  readonly rows: readonly (readonly (string | null)[])[];
  /** Why there are no rows, though the file says that it has some. */
  readonly withoutRows?: string;
}

/** How much of a table is read. */
export interface TableBounds {
  readonly rows: number;
  readonly columns: number;
  /** Only the columns of these names, in any case; left out: the first ones. */
  readonly only?: readonly string[];
  /** Longest text of a cell, in characters. */
  readonly characters: number;
}

/** The text of the first pages of a PDF. */
export interface PdfText {
  readonly pages: number;
  readonly title?: string;
  /** The text of each page from the first; a page without text is "". */
  readonly texts: readonly string[];
}

/**
 * Readers of formats that need a library. They keep to bounds of time and memory whatever a file says of itself.
 * They throw MlopsError invalid for a file that is broken or lies about itself, unsupported for what they do not read.
 */
export interface PreviewReaders {
  parquet(file: RangedFile, bounds: TableBounds, signal: AbortSignal): Promise<ParquetHead>;
  /** The text of at most `pages` pages and about `characters` characters. */
  pdf(
    file: RangedFile,
    bounds: { readonly pages: number; readonly characters: number },
    signal: AbortSignal,
  ): Promise<PdfText>;
  /**
   * At most the first `most` bytes of what was compressed; `bytes` may be its beginning alone. Throws MlopsError invalid
   * for bytes that are not compressed so.
   */
  inflate(bytes: Uint8Array, format: 'gzip' | 'zlib' | 'deflate-raw', most: number): Promise<Uint8Array>;
}
