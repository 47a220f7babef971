import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { KubeClient, KubeRefusal, type KubeObject } from '../kubernetes/kubeClient.ts';
import { ownLife } from '../kubernetes/kubelet.ts';
import type { ClusterPlace } from '../kubernetes/place.ts';
import { type PodNow, workflowObject } from './inKubernetes.ts';
import type { Run, State } from './state.ts';
import type { Struct } from './struct.ts';

/** The Kubernetes that a server runs in. */
export interface MirrorOptions {
  readonly place: ClusterPlace;
  readonly namespace: string;
}

/** Writes what becomes of a server's runs into its Kubernetes: workflows, pods with logs, events. */
export class Mirror {
  readonly #client: KubeClient;
  readonly #namespace: string;
  readonly #logs: Promise<string>;
  /** What each object was written as. */
  readonly #written = new Map<string, string>();
  #going: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  constructor({ place, namespace }: MirrorOptions) {
    this.#client = new KubeClient(place);
    this.#namespace = namespace;
    this.#logs = mkdtemp(path.join(tmpdir(), 'mlops-logs-'));
  }

  start(state: State, step: number): void {
    this.#timer = setInterval(() => void this.write(state).catch(() => undefined), Math.max(50, step));
  }

  /** Brings Kubernetes up to the server's clock. One after another: a change must not overtake the one before it. */
  write(state: State): Promise<void> {
    this.#going = this.#going.then(async () => {
      for (const run of state.runs.values()) await this.#writeRun(run, state.now());
    });
    return this.#going;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    // Whatever it could not write fails the test here.
    try {
      await this.#going;
    } finally {
      this.#client.close();
      await rm(await this.#logs, { recursive: true, force: true });
    }
  }

  async #writeRun({ id, life }: Run, now: number): Promise<void> {
    const { manifest } = life.report(now);
    if (manifest === undefined) return;
    const workflow = workflowObject(manifest, life.workflow, id);
    await this.#put(`/apis/argoproj.io/v1alpha1/namespaces/${this.#namespace}/workflows`, workflow);
    const { pods, events } = life.inKubernetes(now);
    for (const pod of pods) await this.#writePod(pod, id, life.workflow);
    for (const { metadata, ...event } of events) {
      const { name } = metadata as { readonly name: string };
      const involved = { ...(event['involvedObject'] as Struct), namespace: this.#namespace };
      await this.#put(this.#path('events'), { ...event, metadata: { name }, involvedObject: involved });
    }
  }

  async #writePod({ name, labels, annotations, spec, status, log }: PodNow, run: string, workflow: string) {
    const own = { 'pipeline/runid': run, 'workflows.argoproj.io/workflow': workflow };
    const metadata = {
      name,
      labels: { ...labels, ...own },
      annotations: { ...annotations, [ownLife]: 'yes' },
    };
    const pods = this.#path('pods');
    const before = this.#written.get(`${pods}/${name}`) ?? '';
    // Where a run goes on, Argo makes the pods of what failed anew: one that ended does not begin again.
    if (before !== '' && isOver(JSON.parse(before) as Struct) && !isOver(status)) {
      await this.#client.send('DELETE', `${pods}/${name}?gracePeriodSeconds=0`);
      this.#written.delete(`${pods}/${name}`);
    }
    if (!this.#written.has(`${pods}/${name}`)) {
      const body = { metadata, spec: { ...spec, nodeName: 'node' } };
      await this.#client.send('POST', pods, body);
      this.#written.set(`${pods}/${name}`, '');
    }
    // Before the state that it belongs to: whoever reads that a task ended may read its log at once.
    if (log !== undefined) await this.#writeLog(name, log);
    const text = JSON.stringify(status);
    if (this.#written.get(`${pods}/${name}`) !== text) {
      await this.#client.patch(`${pods}/${name}/status`, { status });
      this.#written.set(`${pods}/${name}`, text);
    }
  }

  /** Puts the log in its place whole: it may be read at any moment. */
  async #writeLog(pod: string, log: string): Promise<void> {
    const file = path.join(await this.#logs, pod);
    if (this.#written.get(file) === log) return;
    const lines = log.replace(/\n$/, '').split('\n');
    const text = lines.map((line) => `${new Date(0).toISOString()} stdout F ${line}\n`).join('');
    await writeFile(`${file}.new`, text);
    await rename(`${file}.new`, file);
    this.#written.set(file, log);
    const spec = { logs: [{ logsFile: file }] };
    const object = { apiVersion: 'kwok.x-k8s.io/v1alpha1', kind: 'Logs', metadata: { name: pod }, spec };
    await this.#put(`/apis/kwok.x-k8s.io/v1alpha1/namespaces/${this.#namespace}/logs`, object);
  }

  #path(kind: string): string {
    return `/api/v1/namespaces/${this.#namespace}/${kind}`;
  }

  /** Makes an object, or replaces what changed of it. */
  async #put(kind: string, object: Struct): Promise<void> {
    const metadata = { ...(object['metadata'] as Struct), namespace: this.#namespace };
    const { name } = metadata as unknown as { readonly name: string };
    const body = { ...object, metadata };
    const text = JSON.stringify(body);
    const key = `${kind}/${name}`;
    if (this.#written.get(key) === text) return;
    try {
      if (this.#written.has(key)) await this.#client.patch(key, body);
      else await this.#client.send('POST', kind, body as KubeObject);
    } catch (error) {
      if (!(error instanceof KubeRefusal) || error.status !== 409) throw error;
    }
    this.#written.set(key, text);
  }
}

function isOver({ phase }: Struct): boolean {
  return phase === 'Succeeded' || phase === 'Failed';
}
