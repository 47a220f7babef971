import type { Cell, PreviewColumn } from './preview.ts';

const integer = /^[+-]?\d{1,30}$/;
const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$|^[+-]?(?:inf|infinity|nan)$/i;
const truth = /^(?:true|false|yes|no)$/i;
const date = /^\d{4}-\d{2}-\d{2}$/;
const time = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z| ?[+-]\d{2}:?\d{2}| UTC)?$/;
const missing = /^(?:|na|n\/a|null|none|nil)$/i;

const kinds: readonly (readonly [string, RegExp])[] = [
  ['integer', integer],
  ['number', number],
  ['yes or no', truth],
  ['date', date],
  ['time', time],
];

/** A cell without a value, as tables write it. */
const isMissing = (cell: string): boolean => missing.test(cell.trim());

/** What the values of a column are, by those of its rows that were read: "integer", "text, some empty". */
export function columnType(cells: readonly (Cell | undefined)[]): string {
  const given = cells.flatMap((cell = null) => (cell === null || isMissing(cell) ? [] : [cell.trim()]));
  if (given.length === 0) return 'empty';
  const kind = kinds.find(([, pattern]) => given.every((cell) => pattern.test(cell)))?.[0] ?? 'text';
  return given.length < cells.length ? `${kind}, some empty` : kind;
}

/**
 * Whether the first row of a table names its columns: it has no numbers and no two equal values, and it differs in kind from
 * the rows below it or looks like names.
 */
export function hasHeader(records: readonly (readonly string[])[]): boolean {
  const [first, ...rest] = records;
  if (first === undefined) return false;
  const names = first.map((name) => name.trim());
  if (names.some((name) => name !== '' && number.test(name))) return false;
  if (new Set(names).size < names.length - names.filter((name) => name === '').length) return false;
  if (rest.length === 0) return names.every((name) => /^[\p{L}_]/u.test(name));
  const types = names.map((_, index) => columnType(rest.slice(0, 100).map((record) => record[index])));
  if (types.some((type) => !/^(?:text|empty)/.test(type))) return true;
  return names.every((name) => name === '' || /^[\p{L}_][\p{L}\p{N}_ ./()%#-]{0,60}$/u.test(name));
}

/** The columns of records without their header. Columns without a name are called by their number, from 1. */
export function columnsOf(
  names: readonly string[] | undefined,
  rows: readonly (readonly Cell[])[],
  width: number,
): readonly PreviewColumn[] {
  return Array.from({ length: width }, (_, index) => ({
    name: names?.[index]?.trim() || `column ${index + 1}`,
    type: columnType(rows.map((row) => row[index])),
  }));
}
