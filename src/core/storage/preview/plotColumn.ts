import type { ObjectStat } from '../../domain/storedObject.ts';
import { MlopsError } from '../../ports/mlopsError.ts';
import type { ObjectStore } from '../../ports/objectStore.ts';
import type { ObjectName } from '../../ports/objectWrites.ts';
import { asName } from '../../text/literal.ts';
import { count } from '../../text/markdown.ts';
import type { TableLimits } from './bounds.ts';
import { chosenColumns } from './chosenColumns.ts';
import type { Cell, PreviewContent, TableContent } from './preview.ts';
import { type PreviewDeps, previewObject } from './previewObject.ts';

/** A point of a line; times are milliseconds since 1970. */
export interface PlotPoint {
  readonly x: number;
  readonly y: number;
}

/** A column of numbers against another, or against the number of the row. */
export interface PlotData {
  readonly stat: ObjectStat;
  /** Names of columns; `x` is undefined for the number of the row, from 1. */
  readonly x: string | undefined;
  readonly y: string;
  /** What `x` is. */
  readonly scale: 'number' | 'time';
  /** In the order of `x`. */
  readonly points: readonly PlotPoint[];
  /** Columns of numbers that there are. */
  readonly numeric: readonly string[];
  /** Bytes that were read. */
  readonly read: number;
  /** What is left out, as sentences. */
  readonly cut: readonly string[];
}

/** Which columns are drawn, by their names in any case; left out: the one of numbers whose name says most. */
export interface PlotChoice {
  readonly x?: string | undefined;
  readonly y?: string | undefined;
}

const limits: TableLimits = { rows: 5000, columns: 1000, bytes: 900_000 };

/**
 * Reads a column of numbers of a table (CSV, TSV, JSON, JSON lines, Parquet), of at most 1 MB and 5,000 rows. Throws MlopsError
 * unsupported for what is no table, notFound (with the columns that there are) for a column that it has not, invalid for one
 * without numbers.
 */
export async function plotColumn(
  store: ObjectStore,
  object: ObjectName,
  { x, y }: PlotChoice,
  { deps, signal }: { readonly deps: Pick<PreviewDeps, 'readers'>; readonly signal: AbortSignal },
): Promise<PlotData> {
  const named = [x, y].filter((name) => name !== undefined);
  const only = x !== undefined && y !== undefined ? { only: named } : {};
  const preview = await previewObject(store, object, { ...deps, limits: { ...limits, ...only } }, signal);
  const table = tableIn(preview.content, object);
  const chosen = chosenColumns(table, { x, y });
  const all = table.rows.map((row, index) => pointOf(row, index, chosen));
  const points = all.filter((point) => point !== undefined);
  const skipped = all.length - points.length;
  return {
    stat: preview.stat,
    x: chosen.x?.name,
    y: chosen.y.name,
    scale: chosen.x?.time === true ? 'time' : 'number',
    points: points.toSorted((a, b) => a.x - b.x),
    numeric: chosen.numeric,
    read: preview.read,
    cut: [
      ...preview.cut,
      ...(skipped === 0
        ? []
        : [`${count(skipped, 'row')} without a number ${skipped === 1 ? 'is' : 'are'} left out.`]),
    ],
  };
}

function tableIn(content: PreviewContent, { bucket, key }: ObjectName): TableContent {
  if (content.kind === 'table') return content;
  throw new MlopsError(
    'unsupported',
    `${asName(`${bucket}/${key}`)} is no table, so there is no column to draw.`,
    {
      hint: 'Tables are CSV, TSV, JSON lines, lists of objects in JSON, and Parquet.',
    },
  );
}

function pointOf(
  row: readonly Cell[],
  index: number,
  { x, y }: ReturnType<typeof chosenColumns>,
): PlotPoint | undefined {
  const at = x === undefined ? index + 1 : x.time ? Date.parse(row[x.index] ?? '') : numberIn(row[x.index]);
  const value = numberIn(row[y.index]);
  return Number.isFinite(at) && Number.isFinite(value) ? { x: at, y: value } : undefined;
}

const numberIn = (cell: Cell | undefined): number =>
  cell === null || cell === undefined || cell.trim() === '' ? NaN : Number(cell);
