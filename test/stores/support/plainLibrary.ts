import { spawn } from 'node:child_process';
import { Client } from 'minio';
import type { S3Place } from '../../servers/s3/s3Server.ts';

/** The library that the adapter signs with, as it comes. */
export function plainLibrary({ address, credentials }: S3Place): Client {
  const { hostname, port } = new URL(address.endpoint);
  return new Client({
    ...{ endPoint: hostname, port: Number(port), useSSL: false, region: address.region },
    ...credentials,
  });
}

/** `pending` where something has not ended after so many milliseconds; else how it ended. */
export async function outcomeWithin(
  milliseconds: number,
  work: Promise<unknown>,
): Promise<'pending' | { readonly value: unknown } | { readonly error: unknown }> {
  const late = Promise.withResolvers<'pending'>();
  const timer = setTimeout(() => late.resolve('pending'), milliseconds);
  const ended = work.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  return Promise.race([ended, late.promise]).finally(() => clearTimeout(timer));
}

/** What a program with the library does: its exit code and output. `script` has `client`, `bucket` and `Readable`. */
export async function libraryProgram(
  { address, credentials }: S3Place,
  bucket: string,
  script: string,
): Promise<{ readonly code: number | null; readonly output: string }> {
  const { hostname, port } = new URL(address.endpoint);
  const options = {
    endPoint: hostname,
    port: Number(port),
    useSSL: false,
    region: address.region,
    ...credentials,
  };
  const program = `
    import { Readable } from 'node:stream';
    import { Client } from 'minio';
    const client = new Client(${JSON.stringify(options)});
    const bucket = ${JSON.stringify(bucket)};
    ${script}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (piece: Buffer) => {
      output += piece.toString();
    });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, output };
}
