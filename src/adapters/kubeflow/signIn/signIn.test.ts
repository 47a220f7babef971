import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SilentLog } from '../../../../test/fakes/silentLog.ts';
import { systemClock } from '../../../../test/fakes/systemClock.ts';
import { type Gate, type GateOptions, startGate } from '../../../../test/servers/dex/server.ts';
import { type KfpServer, startKfpServer } from '../../../../test/servers/kfp/server.ts';
import type { ConnectionId } from '../../../core/domain/connection.ts';
import type { Credential, SignInKind } from '../../../core/domain/signIn.ts';
import type { PipelineBackend } from '../../../core/ports/pipelineBackend.ts';
import { createKubeflow } from '../kubeflow.ts';
import { createSignIn } from './createSignIn.ts';

const never = new AbortController().signal;
const [user, password] = ['user@example.com', '12341234'];

let server: KfpServer;
let gates: Gate[];
let kept: Credential | undefined;
let folder: string;

beforeEach(async () => {
  server = await startKfpServer();
  gates = [];
  kept = undefined;
  folder = await mkdtemp(path.join(os.tmpdir(), 'sign-in-'));
});
afterEach(async () => {
  await Promise.all([...gates, server].map((one) => one.close()));
  await rm(folder, { recursive: true });
});

async function behind(more: Partial<GateOptions> = {}): Promise<Gate> {
  const gate = await startGate({ upstream: server.address, ...more });
  gates.push(gate);
  return gate;
}

function backendAt({ address }: Gate, kind: SignInKind, tokenFile?: string): PipelineBackend {
  const connection = {
    id: 'c' as ConnectionId,
    kind: 'kubeflow',
    name: 'Cluster',
    readOnly: false,
    about: '',
  };
  return createKubeflow({
    connection: { ...connection, kind: 'kubeflow' },
    endpoint: address,
    clock: systemClock,
    log: new SilentLog(),
    attention: { present: true, onDidChange: () => () => undefined },
    signIn: createSignIn({
      server: 'Cluster',
      endpoint: address,
      kind,
      ...(tokenFile === undefined ? {} : { tokenFile }),
      credential: async () => kept,
      now: () => Date.now(),
    }),
  });
}

const list = (backend: PipelineBackend) => backend.listRuns({}, never);
const logins = (gate: Gate) => gate.passwords.length;

describe('the form of the sign-in page', () => {
  beforeEach(() => {
    kept = { kind: 'password', user, password };
  });

  it.each([
    ['after redirects', {}],
    ['after a page with a button', { asks: 'page' }],
    ['after the choice of an account', { choice: true }],
    ['before an approval', { approval: true }],
    ['with all of these', { asks: 'page', choice: true, approval: true }],
  ] as const)('is filled in %s', async (_, more) => {
    const gate = await behind(more);
    expect((await list(backendAt(gate, 'password'))).items).toEqual([]);
    expect(gate.passwords).toEqual([password]);
  });

  it('is filled in once for many requests at once, and again when the session has ended', async () => {
    const gate = await behind();
    const backend = backendAt(gate, 'password');
    await Promise.all([list(backend), list(backend), backend.listPipelines({}, never)]);
    expect(logins(gate)).toBe(1);
    gate.expire();
    await Promise.all([list(backend), list(backend)]);
    expect(logins(gate)).toBe(2);
  });

  it('is not filled in again with a password that was refused, which could lock the account', async () => {
    kept = { kind: 'password', user, password: 'wrong' };
    const gate = await behind();
    const backend = backendAt(gate, 'password');
    const refusal = {
      kind: 'auth',
      message: 'Cluster does not accept the password of user@example.com.',
      hint: 'Give it again with MLOps: Sign in.',
    };
    await expect(list(backend)).rejects.toMatchObject(refusal);
    await expect(list(backend)).rejects.toMatchObject(refusal);
    expect(logins(gate)).toBe(1);
    kept = { kind: 'password', user, password };
    await list(backend);
    expect(logins(gate)).toBe(2);
  });

  it('gets no password when it is on another origin', async () => {
    const other = await behind();
    const gate = await behind({ elsewhere: other.address });
    await expect(list(backendAt(gate, 'password'))).rejects.toMatchObject({
      kind: 'unsupported',
      message: expect.stringContaining(`leads to ${new URL(other.address).host}`),
    });
    expect(other.calls).toEqual([]);
  });

  it('is missing where a server answers with something else', async () => {
    server.interfere(() => ({ status: 404, body: 'not here' }));
    const gate = await behind();
    await expect(list(backendAt(gate, 'password'))).rejects.toMatchObject({
      kind: 'unsupported',
      message: 'Cluster has no sign-in page with a password (404).',
    });
  });
});

describe('a cookie that a person pasted', () => {
  it('is sent until the session has ended, and asked for then', async () => {
    const gate = await behind();
    kept = { kind: 'cookie', cookie: gate.session() };
    const backend = backendAt(gate, 'cookie');
    await list(backend);
    gate.expire();
    await expect(list(backend)).rejects.toMatchObject({
      kind: 'auth',
      message: 'The session with Cluster has ended.',
      hint: 'Sign in with the browser and paste its new cookie: MLOps: Sign in.',
    });
    kept = { kind: 'cookie', cookie: gate.session() };
    await list(backend);
  });
});

describe('a bearer token', () => {
  it('that a person gave is sent, and one of another kind is not', async () => {
    const gate = await behind({ tokens: ['good'] });
    kept = { kind: 'token', token: 'good' };
    await list(backendAt(gate, 'token'));
    await expect(list(backendAt(gate, 'cookie'))).rejects.toMatchObject({
      kind: 'auth',
      message: 'You are not signed in to Cluster.',
    });
    kept = { kind: 'token', token: 'old' };
    await expect(list(backendAt(gate, 'token'))).rejects.toMatchObject({
      message: 'Cluster does not accept the token.',
    });
  });

  it('in a file is read anew when it has been replaced', async () => {
    const gate = await behind({ tokens: ['first'] });
    const file = path.join(folder, 'token');
    await writeFile(file, 'first\n');
    const backend = backendAt(gate, 'tokenFile', file);
    await list(backend);
    gate.accept('second');
    await writeFile(file, 'second\n');
    await list(backend);
    gate.accept('third');
    await expect(list(backend)).rejects.toMatchObject({
      kind: 'auth',
      hint: expect.stringContaining('pipelines.kubeflow.org'),
    });
  });

  it.each([
    [{ exp: 1_700_000_000 }, 'It expired on 2023-11-14 at 22:13 UTC. Give a new one with MLOps: Sign in.'],
    [
      { exp: 9_999_999_999, aud: ['https://kubernetes.default.svc'] },
      'It is for another audience than pipelines.kubeflow.org. Give a new one with MLOps: Sign in.',
    ],
    [{ aud: 'pipelines.kubeflow.org' }, 'It may have expired. Give a new one with MLOps: Sign in.'],
  ])('that says %j of itself tells why it may be refused', async (claims, hint) => {
    const gate = await behind();
    const middle = Buffer.from(JSON.stringify(claims)).toString('base64url');
    kept = { kind: 'token', token: `e30.${middle}.c2ln` };
    await expect(list(backendAt(gate, 'token'))).rejects.toMatchObject({ kind: 'auth', hint });
  });

  it.each([
    ['-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk\n', 'has no token: a token is one word.'],
    ['', 'has no token: a token is one word.'],
    [undefined, 'does not exist.'],
  ])('is not taken from a file with other things (%j)', async (text, why) => {
    const gate = await behind();
    const file = path.join(folder, 'token');
    if (text !== undefined) await writeFile(file, text);
    await expect(list(backendAt(gate, 'tokenFile', file))).rejects.toMatchObject({
      kind: 'auth',
      message: expect.stringContaining(why),
    });
    expect(gate.calls).toEqual([]);
  });
});

describe('what signs a request in', () => {
  it.each(['redirect', 'page'] as const)('is not sent to where a server leads by a %s', async (asks) => {
    const other = await behind();
    kept = { kind: 'token', token: 'a-secret-token' };
    const gate = await behind({ asks, browsersOnly: true, elsewhere: other.address });
    await expect(list(backendAt(gate, 'token'))).rejects.toMatchObject({
      kind: 'auth',
      message: 'Cluster does not accept the token.',
    });
    expect(gate.calls.length).toBeGreaterThan(0);
    expect(other.calls).toEqual([]);
  });

  it.each([
    [{ kind: 'token', token: 'a-secret\r\nx: y' }, 'token'],
    [{ kind: 'cookie', cookie: 'session=a-secret\nx' }, 'cookie'],
  ] as const)('is not sent with a line break, nor shown (%#)', async (credential, kind) => {
    const gate = await behind();
    kept = credential;
    const refusal = await list(backendAt(gate, kind)).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ kind: 'auth' });
    expect(String(refusal)).not.toContain('a-secret');
    expect(gate.calls).toEqual([]);
  });

  it('does not come back with what a server says', async () => {
    const gate = await behind({ tokens: ['a-secret-token'] });
    kept = { kind: 'token', token: 'a-secret-token' };
    server.interfere(() => ({ status: 400, body: 'cannot use a-secret-token here' }));
    await expect(list(backendAt(gate, 'token'))).rejects.toMatchObject({ outside: 'cannot use •••• here' });
  });
});
