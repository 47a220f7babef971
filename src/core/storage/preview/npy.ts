import { own } from '../../domain/own.ts';
import { count } from '../../text/markdown.ts';
import { size as bytesText } from '../../text/units.ts';
import { broken, Cursor } from './cursor.ts';
import { latin } from './detect.ts';
import type { Cell, Fact, PreviewTable } from './preview.ts';
import { found, type Found, type Source } from './source.ts';

/** What the header of a .npy file says; NumPy, "NEP 1 — A Simple File Format for NumPy Arrays". */
export interface ArrayHeader {
  /** "<f8", or a list of fields as Python writes it. */
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly fortranOrder: boolean;
  /** Where the values begin, in bytes. */
  readonly start: number;
}

const mostHeader = 65_536;

/** Reads the header from the first bytes of a .npy file. Throws MlopsError invalid. */
export function readArrayHeader(bytes: Uint8Array): ArrayHeader {
  const cursor = new Cursor(bytes);
  if (latin(cursor.part(6), 0, 6) !== '\u0093NUMPY') throw broken('It does not begin as a NumPy array.');
  const major = cursor.u8();
  cursor.skip(1);
  const length = major === 1 ? cursor.u16() : cursor.u32();
  if (length > mostHeader) throw broken(`Its header claims ${bytesText(length)}.`);
  const header = cursor.text(length);
  const dtype = /'descr':\s*(?:'([^']*)'|(\[.*?\])\s*,\s*'(?:fortran|shape))/.exec(header);
  const order = /'fortran_order':\s*(True|False)/.exec(header)?.[1];
  const shape = /'shape':\s*\(([\d\sL,]*)\)/.exec(header)?.[1];
  if (dtype === null || order === undefined || shape === undefined)
    throw broken('Its header is not that of a NumPy array.');
  return {
    dtype: dtype[1] ?? dtype[2] ?? '',
    shape: (shape.match(/\d+/g) ?? []).map(Number),
    fortranOrder: order === 'True',
    start: cursor.at,
  };
}

const kinds: Readonly<Record<string, string>> = {
  f: 'float',
  i: 'int',
  u: 'uint',
  c: 'complex',
  M: 'datetime',
  m: 'timedelta',
};
const wholeKinds: Readonly<Record<string, string>> = { b: 'bool', O: 'object' };

/** "float64", for "<f8"; what is not known stays as it is. */
export function dtypeName(dtype: string): string {
  const [, kind = '', bytes = '', unit = ''] = /^[<>=|]([a-zA-Z])(\d*)(\[\w+\])?$/.exec(dtype) ?? [];
  const name = own(kinds, kind);
  if (name !== undefined) return `${name}${Number(bytes) * 8}${unit}`;
  if (kind === 'U' || kind === 'S') return `text of ${count(Number(bytes), 'character')}`;
  return own(wholeKinds, kind) ?? dtype;
}

const itemSize = (dtype: string): number | undefined => {
  const [, kind = '', bytes] = /^[<>=|]([a-zA-Z])(\d+)/.exec(dtype) ?? [];
  if (bytes === undefined || kind === 'O') return undefined;
  return Number(bytes) * (kind === 'U' ? 4 : 1);
};

const shownRows = 20;
const shownColumns = 20;

/** The header of a NumPy array and a few of its values. Objects in it are a pickle, which is not loaded. */
export async function numpyArray({ object, head }: Source): Promise<Found> {
  const header = readArrayHeader(head);
  const { dtype, shape, start } = header;
  const values = shape.reduce((product, length) => product * length, 1);
  const item = itemSize(dtype);
  const wanted = item === undefined ? undefined : values * item;
  const there = object.size - start;
  const table = item === undefined ? undefined : firstValues(header, item, head.subarray(start));
  const facts = arrayFacts(header, values);
  return found(
    {
      kind: 'described',
      format: 'NumPy array',
      facts,
      ...(table === undefined ? {} : { table }),
      ...(dtype.includes('O') ? { warning: objectWarning } : {}),
    },
    wanted !== undefined &&
      wanted > there &&
      `Its header promises ${bytesText(wanted)} of values, but there are ${bytesText(there)}: it is cut off.`,
    table !== undefined && values > shownRows && 'Only the first values are shown.',
  );
}

const objectWarning =
  'It holds Python objects as a pickle, which runs code when it is loaded. It was not loaded.';

export function arrayFacts({ dtype, shape, fortranOrder }: ArrayHeader, values: number): readonly Fact[] {
  return [
    { name: 'type', value: dtypeName(dtype) === dtype ? dtype : `${dtypeName(dtype)} (${dtype})` },
    { name: 'shape', value: shapeText(shape) },
    { name: 'values', value: values.toLocaleString('en') },
    { name: 'order', value: fortranOrder ? 'by columns (Fortran)' : 'by rows (C)' },
  ];
}

/** "150 × 4"; a single value has no dimensions. */
export const shapeText = (shape: readonly number[]): string =>
  shape.length === 0 ? 'a single value' : shape.join(' × ');

/** The first values: rows of the last dimension, or one below another. */
function firstValues(header: ArrayHeader, item: number, bytes: Uint8Array): PreviewTable | undefined {
  const read = reader(header.dtype, item);
  if (read === undefined || header.shape.includes(0)) return undefined;
  const inRows = header.shape.length === 2 && !header.fortranOrder;
  const width = inRows ? (header.shape[1] ?? 1) : 1;
  const height = inRows
    ? (header.shape[0] ?? 1)
    : header.shape.reduce((product, length) => product * length, 1);
  const rows: Cell[][] = [];
  for (let row = 0; row < Math.min(height, shownRows); row += 1) {
    const cells = Array.from({ length: Math.min(width, shownColumns) }, (_, column): Cell => {
      const at = (row * width + column) * item;
      return at + item <= bytes.length ? read(bytes.subarray(at, at + item)) : null;
    });
    if (cells.every((cell) => cell === null)) break;
    rows.push(cells);
  }
  const columns = Array.from({ length: Math.min(width, shownColumns) }, (_, index) => ({
    name: inRows ? String(index) : 'value',
    type: '',
  }));
  return { columns, rows };
}

type ReadValue = (bytes: Uint8Array) => string;

/** How a value of this type is read; undefined for types that are not shown. */
function reader(dtype: string, item: number): ReadValue | undefined {
  const little = !dtype.startsWith('>');
  const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const numbers: Readonly<Record<string, (of: DataView) => number | bigint>> = {
    f8: (of) => of.getFloat64(0, little),
    f4: (of) => of.getFloat32(0, little),
    f2: (of) => halfFloat(of.getUint16(0, little)),
    i8: (of) => of.getBigInt64(0, little),
    i4: (of) => of.getInt32(0, little),
    i2: (of) => of.getInt16(0, little),
    i1: (of) => of.getInt8(0),
    u8: (of) => of.getBigUint64(0, little),
    u4: (of) => of.getUint32(0, little),
    u2: (of) => of.getUint16(0, little),
    u1: (of) => of.getUint8(0),
  };
  const kind = dtype[1] ?? '';
  if (kind === 'b') return ([byte = 0]) => (byte === 0 ? 'false' : 'true');
  if (kind === 'S') return (bytes) => latin(bytes, 0, Math.min(item, 200)).replace(/\0+$/, '');
  if (kind === 'U') return (bytes) => characters(view(bytes), Math.min(item, 800), little);
  const number = Object.entries(numbers).find(([name]) => name === `${kind}${item}`)?.[1];
  return number && ((bytes) => numberText(number(view(bytes))));
}

const numberText = (value: number | bigint): string =>
  typeof value === 'bigint' || Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(7)));

/** Text of 4 bytes a character, ended by zeros. */
function characters(view: DataView, length: number, little: boolean): string {
  let text = '';
  for (let at = 0; at + 4 <= length; at += 4) {
    const code = view.getUint32(at, little);
    if (code === 0) break;
    text += code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
  }
  return text;
}

/** A number of 16 bits (IEEE 754 binary16). */
function halfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
