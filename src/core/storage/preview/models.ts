import { size as bytesText } from '../../text/units.ts';
import { textBytes } from './bounds.ts';
import { broken, Cursor, isBroken, utf8 } from './cursor.ts';
import type { Fact } from './preview.ts';
import { found, type Found, type Source } from './source.ts';

const mostFacts = 60;

/** The header of a GGUF file (github.com/ggml-org/ggml, docs/gguf.md): its version, its counts and its metadata. */
export async function ggufFile({ object }: Source): Promise<Found> {
  const cursor = new Cursor(await object.head(textBytes), 4);
  const version = cursor.u32();
  if (version < 2 || version > 100) throw broken(`Version ${version} of GGUF is not known.`);
  const [tensors, pairs] = [cursor.u64(), cursor.u64()];
  const facts: Fact[] = [
    { name: 'version', value: String(version) },
    { name: 'tensors', value: String(tensors) },
  ];
  let read = 0;
  try {
    for (; read < Math.min(pairs, mostFacts); read += 1) {
      const name = cursor.text(cursor.u64());
      facts.push({ name, value: ggufValue(cursor, cursor.u32(), 0) });
    }
  } catch (error) {
    if (!isBroken(error)) throw error;
  }
  return found(
    { kind: 'described', format: 'GGUF model', facts },
    read < pairs && `The first ${read} of ${pairs} properties are shown.`,
  );
}

/** Values of a fixed length by their type. */
const fixed: readonly ((cursor: Cursor) => string)[] = [
  (cursor) => String(cursor.u8()),
  (cursor) => String((cursor.u8() << 24) >> 24),
  (cursor) => String(cursor.u16()),
  (cursor) => String((cursor.u16() << 16) >> 16),
  (cursor) => String(cursor.u32()),
  (cursor) => String(cursor.u32() | 0),
  (cursor) => floatText(cursor.part(4)),
  (cursor) => (cursor.u8() === 0 ? 'false' : 'true'),
];

function ggufValue(cursor: Cursor, type: number, depth: number): string {
  const simple = fixed[type];
  if (simple !== undefined) return simple(cursor);
  if (type === 8) return cursor.text(cursor.u64()).slice(0, 300);
  if (type === 9) return ggufList(cursor, depth);
  if (type === 10 || type === 11) return String(cursor.u64());
  if (type === 12) return floatText(cursor.part(8));
  throw broken('It has a property of a type that is not known.');
}

function ggufList(cursor: Cursor, depth: number): string {
  if (depth > 3) throw broken('A property of it is nested too deeply.');
  const [type, length] = [cursor.u32(), cursor.u64()];
  const first: string[] = [];
  for (let index = 0; index < length; index += 1) {
    const value = ggufValue(cursor, type, depth + 1);
    if (first.length < 5) first.push(value);
  }
  return `${length} values: ${first.join(', ')}${length > first.length ? ', …' : ''}`;
}

function floatText(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return String(
    Number((bytes.length === 4 ? view.getFloat32(0, true) : view.getFloat64(0, true)).toPrecision(7)),
  );
}

/** Texts and numbers of a model (ModelProto of onnx.proto) by their fields. */
const onnxFields: ReadonlyMap<number, string> = new Map([
  [1, 'IR version'],
  [2, 'producer'],
  [3, 'producer version'],
  [4, 'domain'],
  [5, 'model version'],
  [6, 'description'],
]);

/**
 * The header of an ONNX model: its fields beside the graph, which is skipped by its length. Undefined where the bytes do not
 * begin as one.
 */
export async function onnxFile({ object, head }: Source): Promise<Found | undefined> {
  if (head[0] !== 0x08 || (head[1] ?? 0) > 100) return undefined;
  const facts: Fact[] = [];
  let at = 0;
  for (let fields = 0; fields < 40 && at < object.size; fields += 1) {
    const cursor = new Cursor(await object.read(at, 4096));
    const tag = varint(cursor);
    const [field, wire] = [tag >>> 3, tag & 7];
    if (wire !== 0 && wire !== 2) throw broken('It is no ONNX model.');
    const value = varint(cursor);
    const next = at + cursor.at + (wire === 2 ? value : 0);
    if (next > object.size) throw broken('A part of it would be longer than the file.');
    facts.push(...onnxFact(cursor, field, { value, text: wire === 2 }));
    at = next;
  }
  return found({ kind: 'described', format: 'ONNX model', facts });
}

/** A field of the model as a fact; the cursor is at its content. */
function onnxFact(
  cursor: Cursor,
  field: number,
  { value, text }: { readonly value: number; readonly text: boolean },
): readonly Fact[] {
  if (field === 7) return [{ name: 'graph', value: bytesText(value) }];
  const content = () => cursor.part(Math.min(value, cursor.left, 500));
  if (field === 8) return [{ name: 'operators', value: opset(content()) }];
  const name = onnxFields.get(field);
  return name === undefined ? [] : [{ name, value: text ? utf8(content()) : String(value) }];
}

/** A version of a set of operators (OperatorSetIdProto): domain = 1, version = 2. */
function opset(bytes: Uint8Array): string {
  const cursor = new Cursor(bytes);
  let [domain, version] = ['ai.onnx', ''];
  while (cursor.left > 0) {
    const tag = varint(cursor);
    const value = varint(cursor);
    if (tag === 0x0a) domain = utf8(cursor.part(value)) || domain;
    else version = String(value);
  }
  return `${domain} ${version}`;
}

function varint(cursor: Cursor): number {
  let value = 0;
  for (let shift = 0; shift < 49; shift += 7) {
    const byte = cursor.u8();
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return value;
  }
  throw broken('A number in it is too long.');
}
