// The servers that --kubeflow and --s3 start beside the editor, to try those connections with.

/**
 * @typedef {object} Demos
 * @property {string} name for a profile of its own, as in `kubeflow-s3`
 * @property {Readonly<Record<string, unknown>>} settings what connects the editor to them
 * @property {string} sentence to begin with
 * @property {string} where they are, a line for each
 * @property {() => Promise<unknown>} stop
 */

/**
 * Starts those that are asked for; undefined for none. What the store is signed in to with goes into this process's
 * environment, which the editor inherits.
 * @param {{ readonly kubeflow: boolean, readonly s3: boolean }} asked
 * @returns {Promise<Demos | undefined>}
 */
export async function startDemos({ kubeflow, s3 }) {
  const demos = [];
  if (kubeflow) demos.push(await startKubeflow());
  if (s3) demos.push(await startStore());
  const [first] = demos;
  if (first === undefined) return undefined;
  return {
    name: demos.map(({ name }) => name).join('-'),
    settings: { 'mlops.connections': demos.map(({ row }) => row) },
    sentence: first.sentence,
    where: demos.map(({ where }) => where).join('\n'),
    stop: () => Promise.all(demos.map(({ stop }) => stop())),
  };
}

async function startKubeflow() {
  const { startDemo } = await import('../../test/servers/kfp/demo.ts');
  const server = await startDemo();
  return {
    name: 'kubeflow',
    row: { name: 'Cluster', kind: 'kubeflow', endpoint: server.address },
    sentence: '@mlops list runs on Cluster',
    where: `The stand-in for Kubeflow is at ${server.address}.`,
    stop: () => server.close(),
  };
}

async function startStore() {
  const { cannotBuild, startVersitygw } = await import('../../test/servers/s3/versitygw.ts');
  const missing = await cannotBuild();
  if (missing !== undefined) throw new Error(missing);
  console.log('Starting an object store. The first time it is built, which takes a minute or two …');
  const { fillDemo } = await import('../../test/servers/s3/demo.ts');
  const { place, stop } = await startVersitygw();
  await fillDemo(place);
  process.env.AWS_ACCESS_KEY_ID = place.credentials.accessKey;
  process.env.AWS_SECRET_ACCESS_KEY = place.credentials.secretKey;
  const { endpoint } = place.address;
  return {
    name: 's3',
    row: { name: 'Objects', kind: 's3', endpoint },
    sentence: '@mlops list buckets on Objects',
    where: `The object store is at ${endpoint}.`,
    stop,
  };
}
