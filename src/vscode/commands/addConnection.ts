import { allowQuestion } from '../../core/connections/allowQuestion.ts';
import type { JsonObject } from '../../core/domain/json.ts';
import { own } from '../../core/domain/own.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import { type ConfiguredCluster, contactOf } from '../connections/clusterRow.ts';
import { configuredConnections } from '../connections/configured.ts';
import { ownRows, saveRows } from '../connections/connectionSettings.ts';
import { type TriedCluster, tryCluster } from '../connections/tryCluster.ts';
import type { Services } from '../services.ts';
import { ask } from '../window/askQuestion.ts';
import { Inputs } from '../window/inputs.ts';
import { inform } from '../window/messages.ts';
import type { Handler } from './command.ts';
import { nameProblem } from './connections.ts';
import { askSignIn, type GivenSignIn } from './shared/askCredential.ts';
import { askAfterFailure } from './shared/checkUpDialog.ts';
import { connectionSources, type DraftRow } from './shared/connectionSources.ts';
import { progress } from './shared/progress.ts';
import { withSignIn } from './signIn.ts';

/** Adds a connection to the person's settings: asks for what it takes, tries it, and says what is wrong before it is kept. */
export function addConnection(services: Services): Handler {
  return async () => {
    const inputs = new Inputs();
    try {
      const source = await inputs.pick({
        title: 'Add a connection',
        placeholder: 'Where is it?',
        items: connectionSources.map((value) => ({ label: value.label, detail: value.detail, value })),
        back: false,
      });
      const added = source && (await addFrom(services, inputs, () => source.ask(inputs)));
      if (added !== undefined) await offerToUse(services, added);
    } finally {
      inputs.dispose();
    }
  };
}

/** What is known of a connection that is about to be added. */
interface Draft {
  readonly row: JsonObject;
  readonly given?: GivenSignIn;
}

/** Asks until the connection works, or the person keeps it as it is or leaves. */
async function addFrom(
  services: Services,
  inputs: Inputs,
  from: () => Promise<DraftRow | undefined>,
): Promise<ConfiguredCluster | undefined> {
  for (;;) {
    const start = await from();
    if (start === undefined) return undefined;
    const cluster = clusterOf(start.row);
    if (start.isForeign && !(await ask(allowQuestion(contactOf(cluster)), 'information'))) return undefined;
    const outcome = await complete(services, inputs, start.row);
    if (outcome === undefined) return undefined;
    if (outcome !== 'again') return outcome;
  }
}

async function complete(
  services: Services,
  inputs: Inputs,
  row: JsonObject,
): Promise<ConfiguredCluster | 'again' | undefined> {
  const draft = await signedIn(inputs, row);
  if (draft === undefined) return undefined;
  const placed = await withNamespace(inputs, draft);
  const named = placed && (await withName(services, inputs, placed));
  if (named === undefined) return undefined;
  const { checked } = await tried(named);
  if (checked.wrong !== undefined) {
    const answer = await askAfterFailure(checked);
    if (answer !== 'save') return answer;
  }
  return save(services, named);
}

/** The draft with what signs it in, where the server asks for that. */
async function signedIn(inputs: Inputs, row: JsonObject): Promise<Draft | undefined> {
  const first = await tried({ row });
  const cluster = clusterOf(row);
  const isAsked = first.asksForSignIn || !['none', 'tokenFile'].includes(cluster.signIn);
  if (!isAsked) return { row: rowOf(row, first.cluster) };
  const given = await askSignIn(
    inputs,
    cluster.info.name,
    cluster.signIn === 'none' ? {} : { now: cluster.signIn },
  );
  if (given === undefined) return undefined;
  const second = await tried({ row, given });
  return { row: rowOf(row, second.cluster), given };
}

async function withNamespace(inputs: Inputs, draft: Draft): Promise<Draft | undefined> {
  const { severalUsers } = await tried(draft);
  if (!severalUsers || typeof own(draft.row, 'namespace') === 'string') return draft;
  const namespace = await inputs.line({
    title: 'Your namespace',
    prompt: 'The server is for several users. The dashboard of Kubeflow shows your namespace at the top.',
    placeholder: 'team-a',
    value: '',
    secret: false,
    check: (line) =>
      /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(line.trim())
        ? undefined
        : 'A namespace has small letters, digits and hyphens.',
  });
  return namespace === undefined
    ? undefined
    : { ...draft, row: { ...draft.row, namespace: namespace.trim() } };
}

async function withName({ connections }: Services, inputs: Inputs, draft: Draft): Promise<Draft | undefined> {
  const { all } = connections;
  const given = own(draft.row, 'name');
  if (typeof given === 'string' && nameProblem(given, all) === undefined) return draft;
  const free = ['Kubeflow', ...Array.from({ length: 50 }, (_, index) => `Kubeflow ${index + 2}`)];
  const name = await inputs.line({
    title: 'The name of the connection',
    prompt: 'What you call it: "run iris on Kubeflow"',
    placeholder: 'Kubeflow',
    value: free.find((one) => nameProblem(one, all) === undefined) ?? '',
    secret: false,
    check: (line) => nameProblem(line, all),
  });
  return name === undefined ? undefined : { ...draft, row: { ...draft.row, name: name.trim() } };
}

async function save({ credentials }: Services, { row, given }: Draft): Promise<ConfiguredCluster> {
  const cluster = clusterOf(row, given);
  const { info, endpoint, signIn, tokenFile } = cluster;
  // The credential is there when the connection is.
  if (given?.credential !== undefined)
    await credentials.set({ connection: info.id, endpoint }, given.credential);
  const kept = { ...row, endpoint, signIn, ...(tokenFile === undefined ? {} : { tokenFile }) };
  await saveRows([...ownRows(), kept]);
  return cluster;
}

async function offerToUse(
  { connections }: Services,
  { info: { id, name } }: ConfiguredCluster,
): Promise<void> {
  const use = 'Make it the active one';
  if ((await inform(`${name} was added.`, use)) === use) connections.activate(id);
}

function tried({ row, given }: Draft): Promise<TriedCluster> {
  const cluster = clusterOf(row, given);
  return progress(`Looking at ${cluster.endpoint}`, (signal) =>
    tryCluster(cluster, given?.credential, signal),
  );
}

/** A row with the address at which its server was found. */
function rowOf(row: JsonObject, { endpoint }: ConfiguredCluster): JsonObject {
  return { ...row, endpoint };
}

/** A row as it would be read from the setting. Throws MlopsError invalid. */
function clusterOf(row: JsonObject, given?: GivenSignIn): ConfiguredCluster {
  const name = own(row, 'name') ?? hostOf(own(row, 'endpoint'));
  const { connections, problems } = configuredConnections([{ ...row, name }]);
  const [cluster] = connections;
  if (cluster === undefined || !('endpoint' in cluster))
    throw new MlopsError('invalid', 'This connection cannot be used.', { outside: problems[0] });
  return given === undefined ? cluster : withSignIn(cluster, given);
}

function hostOf(endpoint: unknown): string {
  return typeof endpoint === 'string' && URL.canParse(endpoint) ? new URL(endpoint).host : 'Kubeflow';
}
