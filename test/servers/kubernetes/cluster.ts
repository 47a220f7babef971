import { generateKeyPairSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Child, startChild } from './child.ts';
import { egressConfig, startEgress } from './egress.ts';
import { kubeletConfig } from './kubelet.ts';
import { KubeClient } from './kubeClient.ts';
import { kubeconfig } from './kubeconfig.ts';
import type { ClusterPlace } from './place.ts';
import { freePorts } from './ports.ts';
import type { Programs } from './programs.ts';
import { customKinds } from './resources.ts';

export interface Cluster {
  readonly place: ClusterPlace;
  stop(): Promise<void>;
}

const patience = 60_000;

/** A real Kubernetes API server with its store, and a node that plays its pods; all of it on the loopback. */
export async function startCluster(programs: Programs): Promise<Cluster> {
  const folder = await mkdtemp(path.join(tmpdir(), 'mlops-cluster-'));
  const children: Child[] = [];
  const egress = await startEgress(path.join(folder, 'egress.sock'));
  const stop = async () => {
    for (const child of children.toReversed()) await child.end();
    egress.closeAllConnections();
    egress.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  };
  try {
    const place = await startServers(programs, folder, children);
    return { place, stop };
  } catch (error) {
    const printed = children.map((child) => child.output().slice(-3000)).join('\n');
    await stop();
    throw new Error(`The cluster did not start: ${String(error)}\n${printed}`, { cause: error });
  }
}

async function startServers(programs: Programs, folder: string, children: Child[]): Promise<ClusterPlace> {
  const [store = 0, peers = 0, api = 0, kubelet = 0] = await freePorts(4);
  children.push(startChild(programs.etcd, etcdArguments(path.join(folder, 'etcd'), store, peers)));
  await writeFiles(folder);
  children.push(startChild(programs['kube-apiserver'], apiArguments(folder, store, api)));
  const place: ClusterPlace = {
    server: `https://127.0.0.1:${api}`,
    ca: path.join(folder, 'pki', 'apiserver.crt'),
    admin: 'admin-token',
    guest: 'guest-token',
  };
  await until(async () => existsSync(place.ca));
  const client = new KubeClient(place);
  await until(async () => (await client.text('GET', '/readyz')) === 'ok');
  await Promise.all(
    customKinds.map((kind) =>
      client.send('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', kind),
    ),
  );
  await until(async () => (await client.send('GET', '/apis/kwok.x-k8s.io/v1alpha1')) !== undefined);
  const files = { config: path.join(folder, 'kwok.yaml'), kubeconfig: path.join(folder, 'kubeconfig') };
  await writeFile(files.config, kubeletConfig(kubelet));
  await writeFile(files.kubeconfig, kubeconfig(place));
  children.push(startChild(programs.kwok, kwokArguments(folder, kubelet, files)));
  await client.send('POST', '/api/v1/nodes', { metadata: { name: 'node' } });
  await client.send('POST', '/api/v1/namespaces', { metadata: { name: 'kubeflow' } });
  await until(async () => {
    const node = await client.send('GET', '/api/v1/nodes/node');
    return JSON.stringify(node).includes('"Running"');
  });
  return place;
}

async function writeFiles(folder: string): Promise<void> {
  const keys = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  const users = ['admin-token,admin,1,"system:masters"', 'guest-token,guest,2'];
  await mkdir(path.join(folder, 'pki'));
  await writeFile(path.join(folder, 'tokens.csv'), `${users.join('\n')}\n`);
  await writeFile(path.join(folder, 'sa.pub'), keys.publicKey);
  await writeFile(path.join(folder, 'sa.key'), keys.privateKey);
  await writeFile(path.join(folder, 'egress.json'), egressConfig(path.join(folder, 'egress.sock')));
}

function etcdArguments(folder: string, client: number, peers: number): readonly string[] {
  const [own, others] = [`http://127.0.0.1:${client}`, `http://127.0.0.1:${peers}`];
  return [
    ...['--data-dir', folder, '--listen-client-urls', own, '--advertise-client-urls', own],
    ...['--listen-peer-urls', others, '--initial-advertise-peer-urls', others],
    ...['--initial-cluster', `default=${others}`, '--unsafe-no-fsync', '--log-level', 'error'],
  ];
}

function apiArguments(folder: string, store: number, port: number): readonly string[] {
  const flags = {
    'etcd-servers': `http://127.0.0.1:${store}`,
    'cert-dir': path.join(folder, 'pki'),
    'bind-address': '127.0.0.1',
    'advertise-address': '127.0.0.1',
    'secure-port': port,
    'authorization-mode': 'RBAC',
    'token-auth-file': path.join(folder, 'tokens.csv'),
    'service-account-issuer': 'https://kubernetes.default.svc',
    'service-account-key-file': path.join(folder, 'sa.pub'),
    'service-account-signing-key-file': path.join(folder, 'sa.key'),
    'service-cluster-ip-range': '10.0.0.0/24',
    'disable-admission-plugins': 'ServiceAccount',
    'egress-selector-config-file': path.join(folder, 'egress.json'),
    'allow-privileged': true,
    'endpoint-reconciler-type': 'none',
  };
  return Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
}

function kwokArguments(
  folder: string,
  port: number,
  files: { readonly config: string; readonly kubeconfig: string },
): readonly string[] {
  const pki = path.join(folder, 'pki');
  return [
    ...['--kubeconfig', files.kubeconfig, '--config', files.config, '--manage-all-nodes=true'],
    ...['--node-ip', '127.0.0.1', '--node-port', String(port), '--server-address', `127.0.0.1:${port}`],
    ...['--tls-cert-file', path.join(pki, 'apiserver.crt')],
    ...['--tls-private-key-file', path.join(pki, 'apiserver.key')],
    ...['--enable-crds', 'Logs,PortForward'],
  ];
}

/** Asks again until it holds: what starts answers when it can. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  const late = Date.now() + patience;
  for (let last: unknown; ;) {
    try {
      if (await holds()) return;
    } catch (error) {
      last = error;
    }
    if (Date.now() > late) throw new Error('It took too long.', { cause: last });
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
