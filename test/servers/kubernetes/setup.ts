import type { TestProject } from 'vitest/node';
import { startCluster } from './cluster.ts';
import type { ClusterPlace } from './place.ts';
import { cannotBuild, ensurePrograms } from './programs.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The cluster of this run of the tests; the reason where there is none. */
    readonly cluster: ClusterPlace | { readonly missing: string };
  }
}

/** Starts the cluster that the files of a project share. In CI it has to be there. */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const missing = await cannotBuild();
  if (missing !== undefined) {
    if (process.env['CI']) throw new Error(missing);
    console.log(`The tests on a cluster are skipped. ${missing}`);
    project.provide('cluster', { missing });
    return undefined;
  }
  const cluster = await startCluster(await ensurePrograms());
  project.provide('cluster', cluster.place);
  return () => cluster.stop();
}
