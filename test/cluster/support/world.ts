import { randomUUID } from 'node:crypto';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inject } from 'vitest';
import { KubeClient, type KubeObject } from '../../servers/kubernetes/kubeClient.ts';
import { kubeconfig } from '../../servers/kubernetes/kubeconfig.ts';
import { ownLife, podIP } from '../../servers/kubernetes/kubelet.ts';
import type { ClusterPlace } from '../../servers/kubernetes/place.ts';

/** True where there is no cluster to test on; the project says why when it starts. */
export const noCluster = 'missing' in inject('cluster');

/** A namespace of the cluster with what a test puts into it. */
export class World {
  readonly place: ClusterPlace;
  readonly client: KubeClient;
  readonly namespace = `t-${randomUUID().slice(0, 8)}`;
  readonly folder: string;

  private constructor(place: ClusterPlace, folder: string) {
    this.place = place;
    this.client = new KubeClient(place);
    this.folder = folder;
  }

  static async open(): Promise<World> {
    const place = inject('cluster');
    if ('missing' in place) throw new Error(place.missing);
    const world = new World(place, await mkdtemp(path.join(tmpdir(), 'mlops-world-')));
    await world.client.send('POST', '/api/v1/namespaces', { metadata: { name: world.namespace } });
    return world;
  }

  async close(): Promise<void> {
    this.client.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** A kubeconfig with one context, `test`. */
  async kubeconfig(options: Parameters<typeof kubeconfig>[1] = {}): Promise<string> {
    const file = path.join(this.folder, `kubeconfig-${randomUUID().slice(0, 8)}`);
    await writeFile(file, kubeconfig(this.place, { namespace: this.namespace, ...options }));
    return file;
  }

  /** The same for a person who may do only what `grant` allowed. */
  guestKubeconfig(): Promise<string> {
    return this.kubeconfig({ user: { token: this.place.guest } });
  }

  create(kind: string, body: KubeObject, group = '/api/v1'): Promise<KubeObject> {
    return this.client.send('POST', `${group}/namespaces/${this.namespace}/${kind}`, body);
  }

  /** A pod on the node, and waits until it runs there; one with a life of its own stays as it is. */
  async pod(
    name: string,
    more: {
      readonly labels?: { readonly [name: string]: string };
      readonly own?: boolean;
      readonly ports?: readonly object[];
    } = {},
  ): Promise<KubeObject> {
    const { labels = {}, own = false, ports = [] } = more;
    const created = await this.create('pods', {
      metadata: { name, labels, annotations: own ? { [ownLife]: 'yes' } : {} },
      spec: { nodeName: 'node', containers: [{ name: 'main', image: 'python:3.12', ports }] },
    } as KubeObject);
    if (!own)
      await this.until(async () => {
        const pod = await this.client.send('GET', `/api/v1/namespaces/${this.namespace}/pods/${name}`);
        return JSON.stringify(pod['status']).includes('"Running"');
      });
    return created;
  }

  async deletePod(name: string): Promise<void> {
    const path = `/api/v1/namespaces/${this.namespace}/pods/${name}`;
    await this.client.send('DELETE', path, { gracePeriodSeconds: 0 });
  }

  /** What its containers printed: kwok reads it out of files. Returns how to print more. */
  async prints(pod: string, now: string, before?: string): Promise<(line: string) => Promise<void>> {
    const [logsFile, previousLogsFile] = ['now', 'before'].map((one) =>
      path.join(this.folder, `${pod}-${one}`),
    );
    await writeFile(logsFile ?? '', criLines(now));
    if (before !== undefined) await writeFile(previousLogsFile ?? '', criLines(before));
    const log = { logsFile, ...(before === undefined ? {} : { previousLogsFile }) };
    const body = { apiVersion: 'kwok.x-k8s.io/v1alpha1', kind: 'Logs', metadata: { name: pod } };
    await this.create('logs', { ...body, spec: { logs: [log] } }, '/apis/kwok.x-k8s.io/v1alpha1');
    return (line) => appendFile(logsFile ?? '', criLines(line));
  }

  /** All ports of the pod lead to a port of the loopback. */
  async forwards(pod: string, port: number): Promise<void> {
    const target = { address: '127.0.0.1', port };
    const body = { apiVersion: 'kwok.x-k8s.io/v1alpha1', kind: 'PortForward', metadata: { name: pod } };
    await this.create(
      'portforwards',
      { ...body, spec: { forwards: [{ target }] } },
      '/apis/kwok.x-k8s.io/v1alpha1',
    );
  }

  /** A service of pods with the label `app`; the API server's own proxy leads to a pod of it where one is named. */
  async service(
    name: string,
    to: { readonly app: string; readonly port: number; readonly listens: number; readonly pod?: string },
  ): Promise<void> {
    const { app, port, listens, pod } = to;
    const ports = [{ name: 'http', port, targetPort: listens }];
    await this.create('services', { metadata: { name }, spec: { selector: { app }, ports } } as KubeObject);
    if (pod === undefined) return;
    const targetRef = { kind: 'Pod', name: pod, namespace: this.namespace };
    const subsets = [{ addresses: [{ ip: podIP, targetRef }], ports: [{ name: 'http', port: listens }] }];
    await this.create('endpoints', { metadata: { name }, subsets } as KubeObject);
  }

  /** Allows the guest something in this namespace. */
  async grant(
    ...rules: readonly { readonly resources: readonly string[]; readonly verbs: readonly string[] }[]
  ) {
    const name = `r-${randomUUID().slice(0, 8)}`;
    const rbac = '/apis/rbac.authorization.k8s.io/v1';
    const own = { metadata: { name } };
    await this.create('roles', { ...own, rules: rules.map((rule) => ({ apiGroups: ['*'], ...rule })) }, rbac);
    const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name };
    const subjects = [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'guest' }];
    await this.create('rolebindings', { ...own, roleRef, subjects }, rbac);
  }

  /** Asks again until it holds: what other processes do takes its moment. */
  async until(holds: () => Promise<boolean>): Promise<void> {
    for (
      const late = Date.now() + 20_000;
      !(await holds());
      await new Promise((soon) => setTimeout(soon, 20))
    )
      if (Date.now() > late) throw new Error('It did not come to hold.');
  }
}

/** Lines as a container runtime writes them. */
function criLines(text: string): string {
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line) => `2026-01-01T00:00:00.000000000Z stdout F ${line}\n`).join('');
}
