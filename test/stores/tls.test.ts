import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { mustRun } from '../../scripts/lib/runCommand.mjs';
import { createS3 } from '../../src/adapters/s3/s3.ts';
import { sourceOf } from '../contract/objectTransfers.ts';
import { startVersitygw } from '../servers/s3/versitygw.ts';

const never = new AbortController().signal;

describe.skipIf(!('versitygw' in inject('stores')))('a store with a certificate of its own', () => {
  let folder: string;
  let server: Awaited<ReturnType<typeof startVersitygw>>;
  let authority: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'mlops-tls-'));
    const [certificate, key] = ['server.crt', 'server.key'].map((name) => path.join(folder, name));
    await mustRun('openssl', [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=store of the tests'],
      ...['-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key ?? '', '-out', certificate ?? ''],
    ]);
    authority = await readFile(certificate ?? '', 'utf8');
    server = await startVersitygw({ certificate: certificate ?? '', key: key ?? '', authority });
  });
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  });

  it('is reached by its certificate authority, for requests, bodies and links', async () => {
    const { address } = server.place;
    expect(address.endpoint).toMatch(/^https:/);
    const store = createS3(server.place);
    await store.writes?.createBucket('secured', never);
    const to = { bucket: 'secured', key: 'a.txt' };
    await store.writes?.put(to, sourceOf(Buffer.from('over TLS')), {}, never);
    expect(await store.stat('secured', 'a.txt', never)).toMatchObject({ size: 8 });
    expect(await store.link?.(to, 60, never)).toMatch(/^https:/);
  });

  it('is refused without, and the hint says what is missing', async () => {
    const { authority: _, ...address } = server.place.address;
    await expect(createS3({ ...server.place, address }).listBuckets(never)).rejects.toMatchObject({
      kind: 'unreachable',
      hint: expect.stringContaining('certificate authority'),
    });
  });
});
