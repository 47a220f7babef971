import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { crc32, gzipSync } from 'node:zlib';
import { specOf } from './specs.ts';

export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: { readonly [name: string]: string };
  readonly headers?: { readonly [name: string]: string };
  readonly body?: unknown;
  readonly text?: string;
  readonly upload?: Upload;
}

interface Upload {
  readonly file?: string;
  readonly field?: string;
  readonly filename?: string;
  readonly generated?: { readonly prefix: string; readonly bytes: number };
  readonly packed?: 'zip' | 'tar.gz';
  readonly entry?: string;
}

/** The body of a recorded request with its variables and files filled in. */
export async function bodyFor(
  request: RecordedRequest,
  root: string,
  fill: (text: string) => string,
): Promise<{ readonly body?: string | FormData; readonly headers: { [name: string]: string } }> {
  const headers = { ...request.headers };
  if (request.upload !== undefined) return { body: await formOf(request.upload, root, fill), headers };
  if (request.text !== undefined) return { body: fill(request.text), headers };
  if (request.body === undefined) return { headers };
  const text = fill(JSON.stringify(await withFiles(request.body, root)));
  return { body: text, headers: { 'content-type': 'application/json', ...headers } };
}

async function withFiles(value: unknown, root: string): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((item) => withFiles(item, root)));
  if (typeof value !== 'object' || value === null) return value;
  const { $file: file, $text: text } = value as { readonly $file?: string; readonly $text?: string };
  if (file !== undefined) return specOf(await readFile(path.join(root, file), 'utf8'));
  if (text !== undefined) return readFile(path.join(root, text), 'utf8');
  const entries = Object.entries(value).map(
    async ([key, part]) => [key, await withFiles(part, root)] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

async function formOf(upload: Upload, root: string, fill: (text: string) => string): Promise<FormData> {
  const { generated, file = '', packed, entry = 'pipeline.yaml' } = upload;
  const bytes = generated
    ? Buffer.from(padded(generated.prefix, generated.bytes))
    : await readFile(path.join(root, file));
  const packedBytes =
    packed === 'zip' ? zipOf(entry, bytes) : packed === 'tar.gz' ? gzipSync(tarOf(entry, bytes)) : bytes;
  const form = new FormData();
  const name = fill(upload.filename ?? path.basename(file));
  form.set(upload.field ?? 'uploadfile', new Blob([Uint8Array.from(packedBytes)]), name);
  return form;
}

function padded(prefix: string, bytes: number): string {
  return `${prefix}#${'x'.repeat(Math.max(0, bytes - prefix.length - 1))}`;
}

/** A zip archive of one file that is stored as it is. */
function zipOf(name: string, bytes: Buffer): Buffer {
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt32LE(crc32(bytes), 10);
  common.writeUInt32LE(bytes.length, 14);
  common.writeUInt32LE(bytes.length, 18);
  common.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, Buffer.from(name), bytes]);
  const more = Buffer.alloc(14);
  const central = Buffer.concat([
    Buffer.from('PK\u0001\u0002'),
    Buffer.from([20, 0]),
    common,
    more,
    Buffer.from(name),
  ]);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(local.length, 12);
  return Buffer.concat([local, central, Buffer.from('PK\u0005\u0006'), end]);
}

function tarOf(name: string, bytes: Buffer): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write('0000644\0', 100);
  header.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('0', 156);
  header.write('ustar\0', 257);
  return Buffer.concat([header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512), Buffer.alloc(1024)]);
}
