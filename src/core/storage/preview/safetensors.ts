import { isJsonObject, type Json, type JsonObject } from '../../domain/json.ts';
import { own } from '../../domain/own.ts';
import { count } from '../../text/markdown.ts';
import { size as bytesText } from '../../text/units.ts';
import { jsonText } from '../../text/values.ts';
import { mostEntries } from './bounds.ts';
import { broken, Cursor, utf8 } from './cursor.ts';
import { shapeText } from './npy.ts';
import type { Fact } from './preview.ts';
import { found, type Found, type Source } from './source.ts';
import { parsed } from './tables.ts';

/** Longest header that is read. */
const mostHeader = 900_000;

interface Tensor {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly start: number;
  readonly end: number;
}

/**
 * The header of a safetensors file: its tensors and metadata. The format (github.com/huggingface/safetensors) is 8 bytes with
 * the length of a JSON header, the header, and the values.
 */
export async function safetensorsFile({ object, head }: Source): Promise<Found> {
  const length = new Cursor(head).u64();
  if (length < 2 || length > object.size - 8)
    throw broken(`Its header claims ${bytesText(length)}, but the file has ${bytesText(object.size)}.`);
  if (length > mostHeader)
    return found(
      {
        kind: 'described',
        format: 'safetensors',
        facts: [{ name: 'header', value: bytesText(length) }],
      },
      `Its header is longer than ${bytesText(mostHeader)} and was not read.`,
    );
  const header = parsed(utf8(await object.read(8, length)));
  if (!isJsonObject(header)) throw broken('Its header is no JSON object.');
  const tensors = Object.keys(header)
    .filter((name) => name !== '__metadata__')
    .map((name) => tensorOf(name, own(header as JsonObject, name)));
  const values = object.size - 8 - length;
  const outside = tensors.filter(({ start, end }) => start > end || end > values);
  const rows = tensors
    .slice(0, mostEntries)
    .map(({ name, dtype, shape, start, end }) => [
      name,
      dtype,
      shapeText(shape),
      bytesText(Math.max(0, end - start)),
    ]);
  return found(
    {
      kind: 'described',
      format: 'safetensors',
      facts: factsOf(tensors, own(header as JsonObject, '__metadata__')),
      table: { columns: ['tensor', 'type', 'shape', 'size'].map((name) => ({ name, type: '' })), rows },
    },
    outside.length > 0 &&
      `${count(outside.length, 'tensor')} would lie outside the file, which is cut off or broken.`,
    tensors.length > rows.length &&
      `The first ${rows.length} of ${count(tensors.length, 'tensor')} are shown.`,
  );
}

function tensorOf(name: string, entry: Json | undefined): Tensor {
  const fields = isJsonObject(entry) ? (entry as JsonObject) : {};
  const numbers = (value: Json | undefined): readonly number[] =>
    Array.isArray(value) ? value.filter((one) => typeof one === 'number') : [];
  const [start, end] = numbers(own(fields, 'data_offsets'));
  const dtype = own(fields, 'dtype');
  if (typeof dtype !== 'string' || start === undefined || end === undefined)
    throw broken('Its header describes something that is no tensor.');
  return { name, dtype, shape: numbers(own(fields, 'shape')), start, end };
}

function factsOf(tensors: readonly Tensor[], metadata: Json | undefined): readonly Fact[] {
  const parameters = tensors.reduce(
    (sum, { shape }) => sum + shape.reduce((product, length) => product * length, 1),
    0,
  );
  const types = [...new Set(tensors.map(({ dtype }) => dtype))];
  const given = isJsonObject(metadata) ? Object.entries(metadata as JsonObject).slice(0, 20) : [];
  return [
    { name: 'tensors', value: String(tensors.length) },
    { name: 'parameters', value: parameters.toLocaleString('en') },
    { name: 'types', value: types.slice(0, 10).join(', ') },
    ...given.map(([name, value]) => ({ name: `metadata ${name}`, value: jsonText(value) })),
  ];
}
