import { isJsonObject, type Json, type JsonObject } from '../../domain/json.ts';
import { own } from '../../domain/own.ts';
import { count, shorten } from '../../text/markdown.ts';
import { jsonText } from '../../text/values.ts';
import { mostCharacters, type TableLimits, usualLimits } from './bounds.ts';
import { columnsOf, columnType, hasHeader } from './columnTypes.ts';
import { parseSeparated, sniffDelimiter } from './csv.ts';
import type { Cell, Fact, PreviewColumn, TableContent } from './preview.ts';
import { type Beginning, found, type Found } from './source.ts';

/** Most records that are read to tell what the columns are. */
const mostRecords = 5000;
const names: Readonly<Record<string, string>> = { ',': 'comma', '\t': 'tab', ';': 'semicolon', '|': 'bar' };

/** CSV and the like. `size` is that of the object in bytes where it is known. */
export function separatedTable(
  text: Beginning,
  delimiter: string | undefined,
  { size, limits = usualLimits }: { readonly size?: number; readonly limits?: TableLimits } = {},
): Found {
  const by = delimiter ?? sniffDelimiter(text.text);
  const { records, all } = wholeRecords(text, by);
  const header = hasHeader(records);
  const rows = header ? records.slice(1) : records;
  const width = Math.max(0, ...records.slice(0, limits.rows).map((record) => record.length));
  const rowsInAll = all ? rows.length : undefined;
  const facts = [
    { name: 'delimiter', value: own(names, by) ?? by },
    { name: 'encoding', value: text.encoding },
    { name: 'header', value: header ? 'yes' : 'no' },
    { name: 'rows', value: String(rowsInAll ?? estimate(records, text, header, size)) },
    { name: 'columns', value: String(width) },
    ...unevenRow(rows, records),
  ];
  const columns = columnsOf(header ? records[0] : undefined, rows, Math.min(width, limits.columns));
  const table = { format: by === '\t' ? 'TSV' : 'CSV', facts, columns, rows };
  return boundedTable(table, { columns: width, rows: rowsInAll }, limits);
}

/** The records of the beginning of a text without one that its end cuts; whether these are all. */
function wholeRecords(text: Beginning, delimiter: string) {
  const { records, open } = parseSeparated(text.text, delimiter, mostRecords);
  const cut = !text.whole && open && records.length > 1;
  return {
    records: cut ? records.slice(0, -1) : records,
    all: text.whole && records.length < mostRecords,
  };
}

/** The first row that has more or fewer values than the first record. */
function unevenRow(
  rows: readonly (readonly string[])[],
  [first = []]: readonly (readonly string[])[],
): readonly Fact[] {
  const width = first.length;
  const index = rows.findIndex((row) => row.length !== width);
  if (index < 0) return [];
  return [{ name: 'uneven', value: `row ${index + 1} has ${count(rows[index]?.length ?? 0, 'value')}` }];
}

/** About how many rows there are, by the length of those that were read. */
function estimate(
  records: readonly (readonly string[])[],
  text: Beginning,
  header: boolean,
  size: number | undefined,
): string {
  if (size === undefined) return 'unknown';
  const characters = records.reduce(
    (sum, record) => sum + record.reduce((length, value) => length + value.length + 1, 0),
    0,
  );
  const bytesPerCharacter = text.bytes / Math.max(1, text.text.length);
  const rows = size / Math.max(1, (characters * bytesPerCharacter) / Math.max(1, records.length));
  const rounded = Number((rows - (header ? 1 : 0)).toPrecision(2));
  return `about ${Math.max(0, Math.round(rounded)).toLocaleString('en')} (estimated)`;
}

/** JSON lines: each line an object, or any other value. Undefined where the lines are something else. */
export function jsonLinesTable(text: Beginning, limits = usualLimits): Found | undefined {
  const lines = text.text.split('\n').filter((line) => line.trim() !== '');
  if (!text.whole && !text.text.endsWith('\n')) lines.pop();
  const values: Json[] = [];
  let broken = 0;
  for (const line of lines.slice(0, mostRecords)) {
    const value = parsed(line);
    if (value === undefined) broken += 1;
    else values.push(value);
  }
  if (values.length === 0 || broken > values.length) return undefined;
  const all = text.whole && lines.length <= mostRecords;
  const facts = [
    { name: 'encoding', value: text.encoding },
    { name: 'rows', value: all ? String(values.length) : `more than ${values.length}` },
    ...(broken === 0 ? [] : [{ name: 'broken', value: count(broken, 'line') }]),
  ];
  return objectsTable({ format: 'JSON lines', values, facts, all }, limits);
}

interface Objects {
  readonly format: string;
  readonly values: readonly Json[];
  readonly facts: readonly Fact[];
  /** False where there are more. */
  readonly all: boolean;
}

/** The names of all objects as columns; other values are in one column. */
export function objectsTable({ format, values, facts, all }: Objects, limits = usualLimits): Found {
  const keys = new Set<string>();
  for (const value of values) for (const key of isJsonObject(value) ? Object.keys(value) : []) keys.add(key);
  const others = values.some((value) => !isJsonObject(value));
  const columns = [...[...keys].slice(0, limits.columns), ...(others ? ['value'] : [])];
  const rows = values.map((value) =>
    columns.map((column): Cell =>
      cellOf(isJsonObject(value) ? own(value as JsonObject, column) : column === 'value' ? value : undefined),
    ),
  );
  const typed = columns.map((name, index) => ({ name, type: columnType(rows.map((row) => row[index])) }));
  const bound = { columns: keys.size + (others ? 1 : 0), rows: all ? values.length : undefined };
  return boundedTable({ format, facts, columns: typed, rows }, bound, limits);
}

function cellOf(value: Json | undefined): Cell {
  if (value === undefined || value === null) return null;
  try {
    return jsonText(value);
  } catch {
    return '(nested too deeply)';
  }
}

/** A JSON value; undefined for anything else. */
export function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

interface Table {
  readonly format: string;
  readonly facts: readonly Fact[];
  readonly columns: readonly PreviewColumn[];
  readonly rows: readonly (readonly Cell[])[];
}

/** A table within the bounds of a preview. `of` has what there is in all; rows are left out where it is not known. */
export function boundedTable(
  { format, facts, columns, rows }: Table,
  of: { readonly columns: number; readonly rows: number | undefined },
  limits = usualLimits,
): Found {
  const shown = columns.slice(0, limits.columns);
  const cells = rows
    .slice(0, limits.rows)
    .map((row) => shown.map((_, index) => shortCell(row[index] ?? null)));
  const content: TableContent = {
    kind: 'table',
    format,
    facts,
    columns: shown.map(({ name, type }) => ({ name: shorten(name, mostCharacters), type })),
    rows: cells,
  };
  return found(
    content,
    of.rows === undefined
      ? cells.length > 0 && `The first ${count(cells.length, 'row')} of more are shown.`
      : of.rows > cells.length && `The first ${cells.length} of ${count(of.rows, 'row')} are shown.`,
    of.columns > shown.length && `The first ${shown.length} of ${count(of.columns, 'column')} are shown.`,
  );
}

const shortCell = (cell: Cell): Cell => (cell === null ? null : shorten(cell, mostCharacters));
