import { allowQuestion } from '../../core/connections/allowQuestion.ts';
import type { JsonObject } from '../../core/domain/json.ts';
import { own } from '../../core/domain/own.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import { type ConfiguredCluster, contactOf, whereOf } from '../connections/clusterRow.ts';
import { configuredConnections } from '../connections/configured.ts';
import { ownRows, saveRows } from '../connections/connectionSettings.ts';
import { kubeReach } from '../connections/kubeReach.ts';
import { type TriedCluster, tryCluster } from '../connections/tryCluster.ts';
import type { Services } from '../services.ts';
import { ask } from '../window/askQuestion.ts';
import { Inputs } from '../window/inputs.ts';
import { inform } from '../window/messages.ts';
import type { Handler } from './command.ts';
import { nameProblem } from './connections.ts';
import { askSignIn, type GivenSignIn } from './shared/askCredential.ts';
import { askAfterFailure } from './shared/checkUpDialog.ts';
import type { DraftRow } from './shared/connectionSource.ts';
import { connectionSources } from './shared/connectionSources.ts';
import { progress } from './shared/progress.ts';
import { withSignIn } from './signIn.ts';

/** Adds a connection to the person's settings: asks for what it takes, tries it, and says what is wrong before it is kept. */
export function addConnection(services: Services): Handler {
  return async () => {
    const added = await addedConnection(services);
    if (added !== undefined) await offerToUse(services, added);
  };
}

async function addedConnection(services: Services): Promise<ConfiguredCluster | undefined> {
  const inputs = new Inputs();
  try {
    const source = await inputs.pick({
      title: 'Add a connection',
      placeholder: 'Where is it?',
      items: connectionSources.map((value) => ({ label: value.label, detail: value.detail, value })),
      back: false,
    });
    return source && (await addFrom(services, inputs, () => source.ask(inputs)));
  } finally {
    inputs.dispose();
  }
}

/** What is known of a connection that is about to be added. */
interface Draft {
  readonly row: JsonObject;
  readonly given?: GivenSignIn;
  readonly tried: TriedCluster;
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
    if (start.isForeign && !(await isAllowed(cluster))) return undefined;
    const draft = await complete(services, inputs, start.row);
    if (draft === 'again') continue;
    const named = draft && (await withName(services, inputs, draft));
    return named && save(services, named);
  }
}

async function isAllowed(cluster: ConfiguredCluster): Promise<boolean> {
  return ask(allowQuestion(contactOf(cluster), await kubeReach(cluster)), 'information');
}

/** The draft with all that the server asks for. */
async function complete(
  services: Services,
  inputs: Inputs,
  row: JsonObject,
): Promise<Draft | 'again' | undefined> {
  const signed = await signedIn(services, inputs, row);
  const placed = signed && (await withNamespace(services, inputs, signed));
  if (placed === undefined) return undefined;
  const { checked } = placed.tried;
  // What is wrong with the sign-in has been asked about.
  if (checked.wrong === undefined || checked.wrong.what === 'sign-in') return placed;
  const answer = await askAfterFailure(checked);
  return answer === 'save' ? placed : answer;
}

/** The draft with what signs it in, where the server asks for that. */
async function signedIn(services: Services, inputs: Inputs, row: JsonObject): Promise<Draft | undefined> {
  const { info, signIn: now } = clusterOf(row);
  const first = await tryDraft(services, row);
  if (!first.asksForSignIn && ['none', 'tokenFile'].includes(now)) return found(row, first);
  for (;;) {
    const given = await askSignIn(inputs, info.name, now === 'none' ? {} : { now });
    if (given === undefined) return undefined;
    const tried = await tryDraft(services, row, given);
    if (tried.checked.wrong?.what !== 'sign-in') return found(row, tried, given);
    const answer = await askAfterFailure(tried.checked);
    if (answer === undefined) return undefined;
    if (answer === 'save') return found(row, tried, given);
  }
}

/** The draft with the address at which its server was found. */
function found(row: JsonObject, tried: TriedCluster, given?: GivenSignIn): Draft {
  const { endpoint, kube } = tried.cluster;
  return {
    row: kube === undefined ? { ...row, endpoint } : row,
    tried,
    ...(given === undefined ? {} : { given }),
  };
}

async function withNamespace(services: Services, inputs: Inputs, draft: Draft): Promise<Draft | undefined> {
  const { row, given, tried } = draft;
  if (!tried.severalUsers || typeof own(row, 'namespace') === 'string') return draft;
  const line = await inputs.line({
    title: 'Your namespace',
    prompt: 'The server is for several users. The dashboard of Kubeflow shows your namespace at the top.',
    placeholder: 'team-a',
    value: '',
    secret: false,
    check: (text) =>
      /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(text.trim())
        ? undefined
        : 'A namespace has small letters, digits and hyphens.',
  });
  if (line === undefined) return undefined;
  const placed = { ...row, namespace: line.trim() };
  return found(placed, await tryDraft(services, placed, given), given);
}

async function withName({ connections }: Services, inputs: Inputs, draft: Draft): Promise<Draft | undefined> {
  const { all } = connections;
  const given = own(draft.row, 'name');
  if (typeof given === 'string' && nameProblem(given, all) === undefined) return draft;
  const context = own(draft.row, 'context');
  const free = [
    ...(typeof context === 'string' ? [context] : []),
    'Kubeflow',
    ...Array.from({ length: 50 }, (_, index) => `Kubeflow ${index + 2}`),
  ];
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
  const { info, endpoint, kube, signIn, tokenFile = '' } = cluster;
  // The credential is there when the connection is.
  if (given?.credential !== undefined)
    await credentials.set({ connection: info.id, endpoint }, given.credential);
  const kept = { ...row, endpoint, signIn, ...(tokenFile === '' ? {} : { tokenFile }) };
  await saveRows([...ownRows(), kube === undefined ? kept : row]);
  return cluster;
}

async function offerToUse(
  { connections }: Services,
  { info: { id, name } }: ConfiguredCluster,
): Promise<void> {
  const use = 'Make it the active one';
  if ((await inform(`${name} was added.`, use)) === use) connections.activate(id);
}

function tryDraft({ log }: Services, row: JsonObject, given?: GivenSignIn): Promise<TriedCluster> {
  const cluster = clusterOf(row, given);
  return progress(`Looking at ${whereOf(cluster)}`, (signal) =>
    tryCluster(cluster, given?.credential, { log, signal }),
  );
}

/** A row as it would be read from the setting. Throws MlopsError invalid. */
function clusterOf(row: JsonObject, given?: GivenSignIn): ConfiguredCluster {
  const name = own(row, 'name') ?? own(row, 'context') ?? hostOf(own(row, 'endpoint'));
  const { connections, problems } = configuredConnections([{ ...row, name }]);
  const [cluster] = connections;
  if (cluster === undefined || !('endpoint' in cluster))
    throw new MlopsError('invalid', 'This connection cannot be used.', { outside: problems[0] });
  return given === undefined ? cluster : withSignIn(cluster, given);
}

function hostOf(endpoint: unknown): string {
  return typeof endpoint === 'string' && URL.canParse(endpoint) ? new URL(endpoint).host : 'Kubeflow';
}
