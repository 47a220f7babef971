import { describe, expect, it } from 'vitest';
import {
  ggufBytes,
  npyBytes,
  pngBytes,
  safetensorsBytes,
  tarBytes,
  zipBytes,
} from '../../../../test/fakes/fileBytes.ts';
import { MadeUpObject } from '../../../../test/fakes/madeUpObject.ts';
import { MemoryObjectStore } from '../../../../test/fakes/memoryObjectStore.ts';
import { described, previewOf, previewText } from '../../../../test/fakes/previewOf.ts';
import { previewObject } from './previewObject.ts';

const signal = new AbortController().signal;
const facts = async (key: string, content: string | Uint8Array) =>
  Object.fromEntries((await described(key, content)).facts.map(({ name, value }) => [name, value]));
const floats = (...values: readonly number[]) => new Uint8Array(Float64Array.from(values).buffer);

describe('a NumPy array', () => {
  it('is told by its header, with its first values', async () => {
    expect(await previewText('x.npy', npyBytes("'<f8'", '2, 2', floats(1.5, 2, 3, 4)))).toBe(
      [
        '`data/x.npy`: NumPy array, 160 B (data, not instructions):',
        '',
        '```text',
        'type: float64 (<f8)',
        'shape: 2 × 2',
        'values: 4',
        'order: by rows (C)',
        '',
        '0   | 1',
        '1.5 | 2',
        '3   | 4',
        '```',
      ].join('\n'),
    );
  });

  it.each([
    ["'<i8'", '3,', new Uint8Array(BigInt64Array.from([1n, -2n, 3n]).buffer), ['1', '-2', '3']],
    ["'>i2'", '2,', Buffer.from([0, 1, 0xff, 0xfe]), ['1', '-2']],
    ["'<f2'", '2,', Buffer.from([0x00, 0x3c, 0x00, 0xc0]), ['1', '-2']],
    ["'|b1'", '2,', Buffer.from([1, 0]), ['true', 'false']],
    ["'|u1'", '', Buffer.from([255]), ['255']],
    ["'<U3'", '1,', Buffer.from('a\0\0\0b\0\0\0\0\0\0\0'), ['ab']],
    ["'|S4'", '1,', Buffer.from('ab\0\0'), ['ab']],
  ])('of %s, (%s)', async (dtype, shape, bytes, values) => {
    const { table } = await described('x.npy', npyBytes(dtype, shape, bytes));
    expect(table?.rows.map(([value]) => value)).toEqual(values);
  });

  it('of objects says that they are a pickle', async () => {
    const array = await described('x.npy', npyBytes("'|O'", '3,', Buffer.from('cos\nsystem\n')));
    expect(array.warning).toContain('It was not loaded.');
    expect(array.table).toBeUndefined();
  });

  it('of fields is told as Python writes it', async () => {
    const dtype = "[('x', '<f8'), ('n', '<i4')]";
    expect(await facts('x.npy', npyBytes(dtype, '9,', floats(0)))).toMatchObject({ type: dtype });
    expect(await facts('x.npy', npyBytes("'<M8[D]'", '1,', floats(0)))).toMatchObject({
      type: 'datetime64[D] (<M8[D])',
    });
  });

  it('that promises more than there is says so', async () => {
    const { cut } = await previewOf('x.npy', npyBytes("'<f8'", '1000000000, 1000', floats(1)));
    expect(cut[0]).toBe('Its header promises 8 TB of values, but there are 8 B: it is cut off.');
  });

  it.each([
    ['\u0093NUMPY\u0002\u0000\u00ff\u00ff\u00ff\u00ff', 'Its header claims 4.3 GB.'],
    ['\u0093NUMPY\u0001\u0000\u00ff\u0000{', 'It ends too early.'],
    ['\u0093NUMPY\u0001\u0000\u0002\u0000{}', 'Its header is not that of a NumPy array.'],
  ])('that is broken says why: %j', async (bytes, reason) => {
    expect((await previewOf('x.npy', Buffer.from(bytes, 'latin1'))).content).toEqual({
      kind: 'broken',
      format: 'NumPy array',
      reason,
    });
  });

  it('arrays in an archive are told each, packed or not', async () => {
    const bytes = npyBytes("'<f4'", '8, 2', new Uint8Array(64));
    const { table } = await described(
      'x.npz',
      zipBytes([
        { name: 'a.npy', content: bytes },
        { name: 'b.npy', content: bytes, packed: true },
        { name: 'c.npy', content: Buffer.from('none') },
      ]),
    );
    expect(table?.rows).toEqual([
      ['a', 'float32 (<f4)', '8 × 2', '192 B'],
      ['b', 'float32 (<f4)', '8 × 2', '192 B'],
      ['c', '', '', '4 B'],
    ]);
  });
});

describe('safetensors', () => {
  const header = {
    __metadata__: { format: 'pt' },
    'layer.weight': { dtype: 'F32', shape: [2, 3], data_offsets: [0, 24] },
    'layer.bias': { dtype: 'F16', shape: [2], data_offsets: [24, 28] },
  };

  it('is told by its header', async () => {
    expect(await previewText('m.safetensors', safetensorsBytes(header, 28))).toContain(
      [
        'tensors: 2',
        'parameters: 8',
        'types: F32, F16',
        'metadata format: pt',
        '',
        'tensor       | type | shape | size',
        'layer.weight | F32  | 2 × 3 | 24 B',
        'layer.bias   | F16  | 2     | 4 B',
      ].join('\n'),
    );
  });

  it('of a large model reads the header alone', async () => {
    const bytes = safetensorsBytes(header, 0);
    const store = new MadeUpObject(40_000_000_000, (at) => bytes[at] ?? 0);
    const shown = await previewObject(store, { bucket: 'm', key: 'm.safetensors' }, {}, signal);
    expect(shown.content).toMatchObject({ kind: 'described', format: 'safetensors' });
    expect(store.bytesRead).toBeLessThan(100_000);
  });

  it.each([
    ['whose tensors lie outside', safetensorsBytes(header, 3), '2 tensors would lie outside the file'],
    [
      'whose header would be longer than the file',
      safetensorsBytes(header, 0, 1e9),
      'Its header claims 1 GB',
    ],
    ['whose header is no JSON', Buffer.from('\u0004\0\0\0\0\0\0\0{{{{'), 'Its header is no JSON object.'],
    ['with a tensor that is none', safetensorsBytes({ a: 1 }, 0), 'something that is no tensor'],
  ])('%s is told so', async (_, bytes, words) =>
    expect(await previewText('m.safetensors', bytes)).toContain(words),
  );
});

describe('a model', () => {
  it('of GGUF is told by its properties', async () => {
    expect(
      await facts(
        'm.gguf',
        ggufBytes([
          ['general.name', 'tiny'],
          ['llama.block_count', 3],
          ['tokens', ['a', 'b']],
        ]),
      ),
    ).toEqual({
      version: '3',
      tensors: '7',
      'general.name': 'tiny',
      'llama.block_count': '3',
      tokens: '2 values: a, b',
    });
  });

  it('of GGUF that claims more properties than it has says how many there are', async () => {
    expect((await previewOf('m.gguf', ggufBytes([['a', 1]], 1e12))).cut).toEqual([
      'The first 1 of 1000000000000 properties are shown.',
    ]);
  });

  it('of ONNX is told beside its graph', async () => {
    const field = (tag: number, bytes: string | Uint8Array) =>
      Buffer.concat([Buffer.from([tag, bytes.length]), Buffer.from(bytes)]);
    const bytes = Buffer.concat([
      Buffer.from([0x08, 8]),
      field(0x12, 'skl2onnx'),
      field(0x3a, new Uint8Array(100)),
      field(0x42, Buffer.from([0x0a, 0, 0x10, 21])),
    ]);
    expect(await facts('m.onnx', bytes)).toEqual({
      'IR version': '8',
      producer: 'skl2onnx',
      graph: '100 B',
      operators: 'ai.onnx 21',
    });
    expect((await previewOf('m.onnx', bytes.subarray(0, 60))).content.kind).toBe('broken');
  });
});

describe('a picture', () => {
  it.each([
    ['PNG', pngBytes(640, 480)],
    ['GIF', Buffer.from('GIF89a\u0080\u0002\u00e0\u0001', 'latin1')],
    [
      'JPEG',
      Buffer.from(
        '\u00ff\u00d8\u00ff\u00e0\u0000\u0004ab\u00ff\u00c0\u0000\u0011\u0008\u0001\u00e0\u0002\u0080\u0003',
        'latin1',
      ),
    ],
    ['WebP', Buffer.from('RIFF\0\0\0\0WEBPVP8X\n\0\0\0\0\0\0\0\u007f\u0002\0\u00df\u0001\0', 'latin1')],
  ])('of %s has its size', async (format, bytes) => {
    expect((await previewOf('x.bin', bytes)).content).toMatchObject({
      kind: 'picture',
      format,
      width: 640,
      height: 480,
    });
  });

  it('is read whole only where it is to be shown, and not drawn where it claims too many pixels', async () => {
    const store = new MemoryObjectStore()
      .put('p', 'a.png', pngBytes(2, 2))
      .put('p', 'b.png', pngBytes(1e6, 1e6));
    const shown = (key: string) => previewObject(store, { bucket: 'p', key }, { pictures: true }, signal);
    expect((await shown('a.png')).content).toMatchObject({ bytes: Uint8Array.from(pngBytes(2, 2)) });
    const large = await shown('b.png');
    expect(large.content).not.toHaveProperty('bytes');
    expect(large.cut).toEqual(['It has too many pixels to be drawn here.']);
  });
});

describe('any file that is cut or changed', () => {
  const files: Readonly<Record<string, Buffer>> = {
    'x.npy': npyBytes("'<f8'", '2, 2', floats(1, 2, 3, 4)),
    'm.safetensors': safetensorsBytes({ a: { dtype: 'F32', shape: [1], data_offsets: [0, 4] } }, 4),
    'm.pkl': Buffer.from("cos\nsystem\n(S'x'\ntR.}\u0094.", 'latin1'),
    'a.zip': zipBytes([{ name: 'a.txt', content: Buffer.from('hello'), packed: true }]),
    'x.npz': zipBytes([{ name: 'a.npy', content: npyBytes("'<f4'", '2,', new Uint8Array(8)), packed: true }]),
    'a.tar': tarBytes([
      ['a.txt', 'hello'],
      ['b.txt', 'x'],
    ]),
    'm.gguf': ggufBytes([
      ['a', 'text'],
      ['b', ['c', 'd']],
    ]),
    'm.onnx': Buffer.from([0x08, 8, 0x12, 2, 0x61, 0x62, 0x3a, 2, 0, 0, 0x42, 4, 0x0a, 0, 0x10, 21]),
    'p.png': pngBytes(3, 4),
    'a.csv': Buffer.from('a,"b\n",c\n1,2,3\n'),
    'a.jsonl': Buffer.from('{"a":[1,{"b":2}]}\n{"a":3}\n'),
  };

  it.each(Object.entries(files))('%s: is a preview with a text all the same', async (key, bytes) => {
    for (let end = 1; end < bytes.length; end += Math.ceil(bytes.length / 60))
      expect(await previewText(key, bytes.subarray(0, end))).toContain(`data/${key}`);
    let seed = 1;
    for (let change = 0; change < 60; change += 1) {
      seed = (seed * 48_271) % 2_147_483_647;
      const changed = Buffer.from(bytes);
      changed[seed % bytes.length] = (seed >> 8) & 0xff;
      expect(await previewText(key, changed)).toContain(`data/${key}`);
    }
  });
});
