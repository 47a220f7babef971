import type { TestProject } from 'vitest/node';
import type { S3Place } from './s3Server.ts';
import { cannotBuild, startVersitygw } from './versitygw.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The stores of this run of the tests by name; the reason where there is none. */
    readonly stores: { readonly [name: string]: S3Place } | { readonly missing: string };
  }
}

/** Starts the store that the files of a project share, and takes the one that the environment names. In CI it has to be there. */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const named = namedStore(process.env);
  const missing = await cannotBuild();
  if (missing !== undefined) {
    if (process.env['CI']) throw new Error(missing);
    console.log(`The tests on an object store are skipped. ${missing}`);
    project.provide('stores', named ?? { missing });
    return undefined;
  }
  const { place, stop } = await startVersitygw();
  project.provide('stores', { versitygw: place, ...named });
  return stop;
}

/** A store of `MLOPS_TEST_S3_ENDPOINT`, `_ACCESS_KEY`, `_SECRET_KEY` and `_REGION`. */
function namedStore(env: NodeJS.ProcessEnv): { readonly [name: string]: S3Place } | undefined {
  const endpoint = env['MLOPS_TEST_S3_ENDPOINT'];
  if (endpoint === undefined) return undefined;
  const accessKey = env['MLOPS_TEST_S3_ACCESS_KEY'] ?? '';
  const secretKey = env['MLOPS_TEST_S3_SECRET_KEY'] ?? '';
  const region = env['MLOPS_TEST_S3_REGION'] ?? 'us-east-1';
  return {
    [endpoint]: {
      address: { name: 'named store', endpoint, region, pathStyle: true },
      credentials: { accessKey, secretKey },
    },
  };
}
