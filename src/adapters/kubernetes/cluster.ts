import type { Clock } from '../../core/ports/clock.ts';
import type { Log } from '../../core/ports/log.ts';
import { isCancelled, messageOf, MlopsError } from '../../core/ports/mlopsError.ts';
import type { RunPods } from '../../core/ports/runPods.ts';
import { ClusterStore } from './clusterStore.ts';
import { findPipelines } from './findPipelines.ts';
import { KubeApi } from './kubeApi.ts';
import type { ContextChoice, KubeContext } from './kubeconfig.ts';
import { readPodLog } from './podLog.ts';
import { podEvidence } from './podEvidence.ts';
import { eventsOfWorkflow, podsOfRun } from './runPods.ts';
import { ServiceAccountToken } from './serviceAccountToken.ts';
import { ServiceRoute } from './serviceRoute.ts';
import { watchObjects } from './watchObjects.ts';

export interface ClusterOptions {
  readonly context: ContextChoice;
  /** Whose runs are meant, on a server for several users; absent: runs are where Kubeflow Pipelines is. */
  readonly namespace?: string | undefined;
  /** The service account, in the namespace of the runs, whose tokens sign in to the Pipelines API; absent: it asks for none. */
  readonly serviceAccount?: string | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

/** A cluster with Kubeflow Pipelines in it, reached by a kube context. Nothing is opened before it is used. */
export class Cluster {
  readonly api: KubeApi;
  /** The way to the Pipelines API. */
  readonly pipelines: ServiceRoute;

  /** The object store beside Kubeflow Pipelines. */
  readonly store: ClusterStore;

  /** What signs in to the Pipelines API; undefined where it asks for nothing. */
  readonly signIn: ServiceAccountToken | undefined;

  readonly #options: ClusterOptions;

  constructor(options: ClusterOptions) {
    const { context, namespace, log, serviceAccount: account, clock } = options;
    this.#options = options;
    this.api = new KubeApi(context);
    this.pipelines = new ServiceRoute({
      api: this.api,
      log,
      target: (signal) => findPipelines(this.api, namespace, signal),
    });
    this.signIn =
      account === undefined
        ? undefined
        : new ServiceAccountToken({
            ...{ api: this.api, account, now: () => clock.now() },
            namespace: (signal) => this.namespace(signal),
          });
    this.store = new ClusterStore({
      ...{ api: this.api, log },
      place: async (signal) => ({
        namespace: (await this.pipelines.target(signal)).namespace,
        own: namespace,
      }),
    });
  }

  /** The time on this machine. */
  now(): number {
    return this.#options.clock.now();
  }

  context(): Promise<KubeContext> {
    return this.api.context();
  }

  /** Whose runs are meant, on a server for several users. */
  get ownNamespace(): string | undefined {
    return this.#options.namespace;
  }

  /** The namespace of the runs. */
  async namespace(signal: AbortSignal): Promise<string> {
    return this.#options.namespace ?? (await this.pipelines.target(signal)).namespace;
  }

  /** The pods of the runs in the namespace of Kubeflow Pipelines. */
  runPods(): RunPods {
    return {
      readLog: async (pod, signal, which) => {
        try {
          const place = { namespace: await this.namespace(signal), pod, previous: which === 'previous' };
          return await readPodLog(this.api, place, {}, signal);
        } catch (error) {
          if (error instanceof MlopsError && error.kind === 'forbidden') return undefined;
          throw error;
        }
      },
      evidence: async ({ run, workflow }, signal) => {
        const namespace = await this.namespace(signal);
        const [pods, events] = await Promise.all([
          podsOfRun(this.api, { namespace, run }, signal),
          eventsOfWorkflow(this.api, { namespace, workflow }, signal),
        ]);
        return podEvidence(pods.items, events.items);
      },
      now: async (run, signal) => {
        const namespace = await this.namespace(signal);
        return podEvidence((await podsOfRun(this.api, { namespace, run }, signal)).items, []);
      },
      watch: (changed) => this.#watchWorkflows(changed),
    };
  }

  #watchWorkflows(changed: () => void): () => void {
    const end = new AbortController();
    const watch = async () => {
      const path = `/apis/argoproj.io/v1alpha1/namespaces/${await this.namespace(end.signal)}/workflows`;
      await watchObjects(
        { ...this.#options, api: this.api },
        { path, labelSelector: 'pipeline/runid' },
        changed,
        end.signal,
      );
    };
    // Without it, the server is asked in its own time.
    watch().catch((error: unknown) => {
      if (!isCancelled(error)) this.#options.log.warn(`Workflows could not be followed: ${messageOf(error)}`);
    });
    return () => end.abort();
  }

  close(): void {
    this.pipelines.close();
    this.store.close();
    this.api.close();
  }
}
