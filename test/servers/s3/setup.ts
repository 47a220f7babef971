import type { TestProject } from 'vitest/node';
import { cannotRunRados, startRados } from './rados.ts';
import type { S3Place } from './s3Server.ts';
import { cannotBuild, startVersitygw } from './versitygw.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The stores of this run of the tests by name. */
    readonly stores: { readonly [name: string]: S3Place };
    /** Why others are not there, by name. */
    readonly missingStores: { readonly [name: string]: string };
  }
}

interface Server {
  readonly name: string;
  /** Why it cannot be started here; undefined where it can. */
  readonly cannotStart: () => Promise<string | undefined>;
  readonly start: () => Promise<{ readonly place: S3Place; readonly stop: () => Promise<void> }>;
}

const servers: readonly Server[] = [
  { name: 'versitygw', cannotStart: cannotBuild, start: startVersitygw },
  { name: 'rados', cannotStart: cannotRunRados, start: startRados },
];

/**
 * Starts the stores that the files of a project share, and takes the one that the environment names. In CI each has to be
 * there. `MLOPS_TEST_STORES=versitygw` starts only those that it names: the other one takes its time.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const chosen = process.env['MLOPS_TEST_STORES']?.split(',');
  const started = await Promise.all(servers.map((server) => startOne(server, chosen)));
  const stores = started.flatMap((each) => ('place' in each ? [[each.name, each.place] as const] : []));
  const missing = started.flatMap((each) => ('missing' in each ? [[each.name, each.missing] as const] : []));
  for (const [name, why] of missing) console.log(`The tests on ${name} are skipped. ${why}`);
  project.provide('stores', { ...Object.fromEntries(stores), ...namedStore(process.env) });
  project.provide('missingStores', Object.fromEntries(missing));
  return async () => {
    for (const each of started) if ('stop' in each) await each.stop();
  };
}

async function startOne(
  { name, cannotStart, start }: Server,
  chosen: readonly string[] | undefined,
): Promise<
  | { readonly name: string; readonly missing: string }
  | { readonly name: string; readonly place: S3Place; readonly stop: () => Promise<void> }
> {
  if (chosen !== undefined && !chosen.includes(name))
    return { name, missing: 'MLOPS_TEST_STORES names others.' };
  const missing = await cannotStart();
  if (missing === undefined) return { name, ...(await start()) };
  if (process.env['CI']) throw new Error(missing);
  return { name, missing };
}

/** A store of `MLOPS_TEST_S3_ENDPOINT`, `_ACCESS_KEY`, `_SECRET_KEY` and `_REGION`. */
function namedStore(env: NodeJS.ProcessEnv): { readonly [name: string]: S3Place } {
  const endpoint = env['MLOPS_TEST_S3_ENDPOINT'];
  if (endpoint === undefined) return {};
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
