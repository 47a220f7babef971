import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../test/fakes/systemClock.ts';
import { type Gate, startGate } from '../../../test/servers/dex/server.ts';
import { type KfpServer, startKfpServer } from '../../../test/servers/kfp/server.ts';
import { type CheckUp, checkUp } from '../../core/connections/doctor.ts';
import type { ConnectionId, ConnectionInfo } from '../../core/domain/connection.ts';
import type { Credential, SignInKind } from '../../core/domain/signIn.ts';
import type { Clock } from '../../core/ports/clock.ts';
import { kubeflowChecks } from './checks.ts';
import { createSignIn } from './signIn/createSignIn.ts';

const never = new AbortController().signal;

let server: KfpServer;
const opened: { close(): unknown }[] = [];

beforeEach(async () => {
  server = await startKfpServer();
  opened.push(server);
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

interface Checking extends Partial<Pick<ConnectionInfo, 'namespace'>> {
  readonly kind?: SignInKind;
  readonly credential?: Credential;
  readonly clock?: Pick<Clock, 'now'>;
}

function check(
  endpoint: string,
  { kind = 'none', credential, clock = systemClock, ...more }: Checking = {},
): Promise<CheckUp> {
  const info: ConnectionInfo = {
    id: 'c' as ConnectionId,
    kind: 'kubeflow',
    name: 'Cluster',
    readOnly: false,
    about: '',
    ...more,
  };
  const sign = createSignIn({
    server: 'Cluster',
    endpoint,
    kind,
    credential: async () => credential,
    now: () => Date.now(),
  });
  const checks = async () => kubeflowChecks({ connection: info, endpoint, signIn: { kind, sign }, clock });
  return checkUp({ info, checks }, never);
}

const states = ({ steps }: CheckUp) => steps.map(({ what, finding }) => `${what}: ${finding?.state ?? '-'}`);

async function serve(answer: RequestListener): Promise<string> {
  const other: Server = createServer(answer);
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  opened.push({ close: () => other.close() });
  return `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
}

async function behindGate(): Promise<Gate> {
  const gate = await startGate({ upstream: server.address });
  opened.push(gate);
  return gate;
}

const healthIs = (told: object) =>
  server.interfere((_, path) =>
    path.endsWith('/healthz') ? { status: 200, body: JSON.stringify(told) } : undefined,
  );

it('a server that works is good in every step', async () => {
  healthIs({ tag_name: '2.17.0' });
  const checked = await check(server.address);
  expect(states(checked)).toEqual([
    'address: good',
    'certificate: good',
    'sign-in: good',
    'Pipelines API: good',
    'namespace: good',
    'rights: good',
    'clock: good',
  ]);
  expect(checked.wrong).toBeUndefined();
  expect(checked.steps[3]?.finding?.words).toBe('It is Kubeflow Pipelines 2.17.0 for one user.');
});

describe('the first thing that is wrong', () => {
  it('is an address where nothing answers', async () => {
    const gone = await startKfpServer();
    await gone.close();
    const { wrong } = await check(gone.address);
    expect(wrong).toMatchObject({
      what: 'address',
      finding: {
        words: `Cluster cannot be reached at ${gone.address}.`,
        fix: expect.stringContaining('port-forward'),
      },
    });
  });

  it('is a name that nobody knows', async () => {
    const { wrong } = await check('https://kubeflow.invalid');
    expect(wrong?.finding.words).toBe('Cluster cannot be reached: no machine is known as kubeflow.invalid.');
  });

  it('is a server that does not speak TLS', async () => {
    const checked = await check(server.address.replace('http:', 'https:'));
    expect(states(checked).slice(0, 3)).toEqual(['address: good', 'certificate: wrong', 'sign-in: -']);
    expect(checked.wrong?.finding.words).toMatch(/^Cluster does not speak TLS at 127\.0\.0\.1:\d+\.$/);
  });

  it('is a sign-in that is missing, or has ended', async () => {
    const gate = await behindGate();
    expect((await check(gate.address)).wrong).toMatchObject({
      what: 'sign-in',
      finding: { words: 'Cluster asks for a sign-in.', fix: 'Take the command MLOps: Sign in.' },
    });
    const cookie = gate.session();
    expect(
      (await check(gate.address, { kind: 'cookie', credential: { kind: 'cookie', cookie } })).wrong,
    ).toBe(undefined);
    gate.expire();
    expect(
      (await check(gate.address, { kind: 'cookie', credential: { kind: 'cookie', cookie } })).wrong,
    ).toMatchObject({
      what: 'sign-in',
      finding: { words: 'The session with Cluster has ended.' },
    });
  });

  it('is an address with the API below it', async () => {
    const gateway = await serve((request, response) => {
      const isApi = request.url?.startsWith('/pipeline/apis/v2beta1/healthz') === true;
      response.writeHead(200, { 'content-type': isApi ? 'application/json' : 'text/html' });
      response.end(isApi ? '{"tag_name":"2.16.0"}' : '<html>The dashboard</html>');
    });
    expect((await check(gateway)).wrong?.finding).toMatchObject({
      words: `The Pipelines API is not at ${gateway}.`,
      fix: `It is at ${gateway}/pipeline: change the endpoint.`,
    });
  });

  it('is another server', async () => {
    const other = await serve((_, response) => response.writeHead(404).end('not found'));
    expect((await check(other)).wrong).toMatchObject({ what: 'Pipelines API' });
  });

  it.each([
    ['2.4.1', 'It is Kubeflow Pipelines 2.4.1, which is too old.'],
    ['v1.8.5', 'It is Kubeflow Pipelines v1.8.5, which is too old.'],
  ])('is the version %s', async (tag, words) => {
    healthIs({ tag_name: tag });
    expect((await check(server.address)).wrong?.finding.words).toBe(words);
  });

  it('is a namespace that a server for several users needs', async () => {
    healthIs({ multi_user: true, tag_name: '2.17.0' });
    expect((await check(server.address)).wrong?.what).toBe('namespace');
    expect((await check(server.address, { namespace: 'team-a' })).wrong).toBeUndefined();
  });

  it('is the right to list runs', async () => {
    server.interfere((_, path) => {
      if (path.endsWith('/healthz')) return { status: 200, body: '{"multi_user":true}' };
      return { status: 403, body: '{"code":7,"message":"User is not authorized"}' };
    });
    expect((await check(server.address, { namespace: 'team-b' })).wrong).toMatchObject({
      what: 'rights',
      finding: { words: 'You may not list the runs in team-b. User is not authorized' },
    });
  });

  it('is a clock that goes wrong', async () => {
    const late = { now: () => Date.now() - 10 * 60_000 };
    expect((await check(server.address, { clock: late })).wrong?.finding.words).toBe(
      'The clock of this machine is 10 min behind that of the server.',
    );
  });
});
