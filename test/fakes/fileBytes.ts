import { crc32, deflateRawSync } from 'node:zlib';

/** Bytes of files as the tests make them; `claims` makes headers lie. */

const u16 = (value: number) => Buffer.from([value & 0xff, (value >> 8) & 0xff]);
const u32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const u64 = (value: number) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
};

/** A .npy file. */
export function npyBytes(dtype: string, shape: string, values: Uint8Array, fortran = false): Buffer {
  const dict = `{'descr': ${dtype}, 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': (${shape}), }`;
  const header = Buffer.from(`${dict.padEnd(117)}\n`);
  return Buffer.concat([
    Buffer.from('\u0093NUMPY\u0001\u0000', 'latin1'),
    u16(header.length),
    header,
    values,
  ]);
}

/** A safetensors file. */
export function safetensorsBytes(header: object, values: number, claimed?: number): Buffer {
  const json = Buffer.from(JSON.stringify(header));
  return Buffer.concat([u64(claimed ?? json.length), json, Buffer.alloc(values)]);
}

export interface ZipMember {
  readonly name: string;
  readonly content: Uint8Array;
  readonly packed?: boolean;
  /** What the directory claims as its size. */
  readonly claims?: number;
}

/** A zip archive. */
export function zipBytes(members: readonly ZipMember[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, content, packed = false, claims = content.length } of members) {
    const data = packed ? deflateRawSync(content) : Buffer.from(content);
    const common = Buffer.concat([
      ...[u16(20), u16(0x800), u16(packed ? 8 : 0), u32(0)],
      ...[u32(crc32(content)), u32(data.length), u32(claims), u16(Buffer.byteLength(name)), u16(0)],
    ]);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, Buffer.from(name), data]);
    locals.push(local);
    directory.push(
      Buffer.concat([
        ...[Buffer.from('PK\u0001\u0002'), u16(20), common, u16(0), u16(0), u16(0), u32(0), u32(at)],
        Buffer.from(name),
      ]),
    );
    at += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = [u16(0), u16(0), u16(members.length), u16(members.length), u32(listed.length), u32(at), u16(0)];
  return Buffer.concat([...locals, listed, Buffer.from('PK\u0005\u0006'), ...end]);
}

/** A tar archive. */
export function tarBytes(
  members: readonly (readonly [name: string, content: string, type?: string])[],
): Buffer {
  const blocks = members.flatMap(([name, content, type = '0']) => {
    const header = Buffer.alloc(512);
    header.write(name, 0);
    header.write('0000644\u0000', 100);
    header.write(`${Buffer.byteLength(content).toString(8).padStart(11, '0')}\u0000`, 124);
    header.write(type, 156);
    header.write('ustar\u000000', 257);
    header.fill(' ', 148, 156);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\u0000 `, 148);
    const body = Buffer.alloc(Math.ceil(Buffer.byteLength(content) / 512) * 512);
    body.write(content);
    return [header, body];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

/** A GGUF file of version 3 with these properties: numbers are 32 bits, texts and lists of texts. */
export function ggufBytes(
  pairs: readonly (readonly [string, number | string | readonly string[]])[],
  claims?: number,
): Buffer {
  const text = (value: string) => Buffer.concat([u64(Buffer.byteLength(value)), Buffer.from(value)]);
  const value = (of: number | string | readonly string[]) => {
    if (typeof of === 'number') return [u32(4), u32(of)];
    if (typeof of === 'string') return [u32(8), text(of)];
    return [u32(9), u32(8), u64(of.length), ...of.map(text)];
  };
  const written = pairs.flatMap(([name, of]) => [text(name), ...value(of)]);
  return Buffer.concat([Buffer.from('GGUF'), u32(3), u64(7), u64(claims ?? pairs.length), ...written]);
}

/** A picture of PNG: its beginning, which has its size. */
export function pngBytes(width: number, height: number): Buffer {
  const size = Buffer.alloc(8);
  size.writeUInt32BE(width);
  size.writeUInt32BE(height, 4);
  return Buffer.concat([
    Buffer.from('\u0089PNG\r\n\u001a\n\u0000\u0000\u0000\rIHDR', 'latin1'),
    size,
    Buffer.alloc(9),
  ]);
}
