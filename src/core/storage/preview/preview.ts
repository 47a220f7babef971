import type { ObjectStat } from '../../domain/storedObject.ts';

/** What a bounded look at an object shows. All texts in it are data from outside. */
export interface Preview {
  readonly stat: ObjectStat;
  readonly content: PreviewContent;
  /** Bytes that were read of the object. */
  readonly read: number;
  /** What is not shown, as sentences of ours. */
  readonly cut: readonly string[];
}

export type PreviewContent =
  | { readonly kind: 'empty' }
  | TableContent
  | TextContent
  | PictureContent
  | PdfContent
  | DescribedContent
  | BrokenContent
  | BinaryContent;

/** A property and its value. */
export interface Fact {
  readonly name: string;
  readonly value: string;
}

/** A column and what its values are, such as "integer, some empty". */
export interface PreviewColumn {
  readonly name: string;
  readonly type: string;
}

/** A cell as text; null where there is no value. */
export type Cell = string | null;

/** Columns and the first rows. */
export interface PreviewTable {
  readonly columns: readonly PreviewColumn[];
  readonly rows: readonly (readonly Cell[])[];
}

/** CSV, TSV, JSON lines, Parquet. */
export interface TableContent extends PreviewTable {
  readonly kind: 'table';
  readonly format: string;
  readonly facts: readonly Fact[];
}

/** The beginning of a text, of a log the end as well. */
export interface TextContent {
  readonly kind: 'text';
  readonly format: 'text' | 'JSON' | 'Markdown' | 'HTML' | 'SVG' | 'log';
  /** "UTF-8". */
  readonly encoding: string;
  readonly text: string;
  /** The end, where it is shown and is not part of `text`. */
  readonly tail?: string;
  readonly facts: readonly Fact[];
}

export interface PictureContent {
  readonly kind: 'picture';
  readonly format: 'PNG' | 'JPEG' | 'GIF' | 'WebP';
  readonly mediaType: string;
  /** In pixels; left out where the file does not tell. */
  readonly width?: number;
  readonly height?: number;
  /** All of it, where it was asked for and is small enough. */
  readonly bytes?: Uint8Array;
}

export interface PdfContent {
  readonly kind: 'pdf';
  readonly pages: number;
  readonly title?: string;
  /** The text of the first pages. */
  readonly texts: readonly string[];
}

/** What the bytes of a file say about it: arrays, tensors, an archive's entries, a pickle. */
export interface DescribedContent {
  readonly kind: 'described';
  readonly format: string;
  readonly facts: readonly Fact[];
  readonly table?: PreviewTable;
  /** A sentence of ours, such as that a pickle runs code when it is loaded. */
  readonly warning?: string;
}

/** A file that is not what its name or beginning says. */
export interface BrokenContent {
  readonly kind: 'broken';
  readonly format: string;
  /** Why, as a sentence. */
  readonly reason: string;
}

export interface BinaryContent {
  readonly kind: 'binary';
  /** What it may be; left out where nothing tells. */
  readonly guess?: string;
  /** Its first bytes, 16 a line, with their offsets and characters. */
  readonly hex: string;
}
