import type { JsonObject } from '../../core/domain/json.ts';
import { own } from '../../core/domain/own.ts';
import type { Credential } from '../../core/domain/signIn.ts';
import { MlopsError, toMlopsError } from '../../core/ports/mlopsError.ts';
import { configuredConnections } from '../connections/configured.ts';
import { ownRows, saveRows } from '../connections/connectionSettings.ts';
import { openS3 } from '../connections/s3Connection.ts';
import { type ConfiguredStore, usualRegion } from '../connections/storeRow.ts';
import type { Services } from '../services.ts';
import { Inputs } from '../window/inputs.ts';
import { askModal, inform } from '../window/messages.ts';
import type { Handler } from './command.ts';
import { nameProblem } from './connections.ts';
import { addressIn, addressProblem } from './shared/addressLine.ts';
import { progress } from './shared/progress.ts';

type Keys = Extract<Credential, { readonly kind: 'keys' }>;

/** What has been asked so far. */
interface Draft {
  readonly row: JsonObject;
  readonly keys: Keys;
}

/** Adds an object store: asks for its address and keys, lists its buckets, and asks for what is missing or wrong. */
export function addObjectStore(services: Services): Handler {
  return async () => {
    const inputs = new Inputs();
    try {
      const draft = await firstDraft(inputs);
      const works = draft && (await untilItWorks(inputs, draft));
      const named = works && (await withName(services, inputs, works));
      if (named === undefined) return;
      await save(services, named);
      void inform(
        `${storeOf(named.row).info.name} was added. Its buckets are in the sidebar, under Storage.`,
      );
    } finally {
      inputs.dispose();
    }
  };
}

async function firstDraft(inputs: Inputs): Promise<Draft | undefined> {
  const line = await inputs.line({
    title: 'Add an object store',
    prompt: 'The address of its S3 API, not of its console',
    placeholder: '127.0.0.1:9000, or https://minio.example.com',
    value: '',
    secret: false,
    check: addressProblem,
  });
  const address = line === undefined ? undefined : addressIn(line);
  const keys = address && (await askKeys(inputs));
  return keys && address && { row: { kind: 's3', endpoint: address.endpoint }, keys };
}

async function askKeys(inputs: Inputs, before?: Keys): Promise<Keys | undefined> {
  const accessKey = await askText(inputs, {
    title: 'The access key',
    prompt: 'Who you are to the store',
    value: before?.accessKey ?? '',
  });
  const secretKey =
    accessKey &&
    (await askText(inputs, {
      title: 'The secret key',
      prompt: 'It is kept with the editor’s secrets, in no file of settings.',
      secret: true,
    }));
  return accessKey && secretKey ? { kind: 'keys', accessKey, secretKey } : undefined;
}

interface AskedText {
  readonly title: string;
  readonly prompt: string;
  readonly value?: string;
  readonly secret?: boolean;
}

async function askText(inputs: Inputs, asked: AskedText): Promise<string | undefined> {
  const { title, prompt, value = '', secret = false } = asked;
  const check = (text: string) => (text.trim() === '' ? 'It is empty.' : undefined);
  const line = await inputs.line({ title, prompt, value, secret, placeholder: '', check });
  return line?.trim();
}

/** Asks for whatever the store says is wrong, until its buckets are listed or the person leaves. */
async function untilItWorks(inputs: Inputs, first: Draft): Promise<Draft | undefined> {
  for (let draft: Draft | undefined = first; draft !== undefined;) {
    const problem: MlopsError | undefined = await problemOf(draft);
    if (problem === undefined) return draft;
    draft = await mended(inputs, draft, problem);
  }
  return undefined;
}

async function problemOf({ row, keys }: Draft): Promise<MlopsError | undefined> {
  const configured = storeOf(row);
  try {
    await progress(`Looking at ${configured.store.address}`, async (signal) => {
      const store = await openS3(configured, keys);
      const [bucket] = await store.listBuckets(signal);
      // Buckets that the person named are not asked for.
      if (configured.store.buckets !== undefined && bucket !== undefined)
        await store.listObjects(bucket.name, { prefix: '', size: 1 }, signal);
    });
    return undefined;
  } catch (error) {
    return toMlopsError(error);
  }
}

const region = 'Change the region';
const keys = 'Change the keys';
const buckets = 'Name my buckets';
const address = 'Change the address';

/** What can be changed for a problem of each kind, the likeliest first. */
const remedies: { readonly [kind: string]: readonly string[] } = {
  auth: [keys],
  forbidden: [buckets, keys],
  invalid: [region, address],
};

async function mended(inputs: Inputs, draft: Draft, problem: MlopsError): Promise<Draft | undefined> {
  if (problem.kind === 'cancelled') return undefined;
  const offered = remedies[problem.kind] ?? [address];
  const { hint = '' } = problem;
  const chosen = await askModal(
    { title: `The store was not added: ${problem.message}`, detail: hint, warns: true },
    ...offered,
  );
  const { row } = draft;
  if (chosen === keys) {
    const given = await askKeys(inputs, draft.keys);
    return given && { ...draft, keys: given };
  }
  if (chosen === region) {
    const asked = { title: 'The region', prompt: 'As the store calls it', value: usualRegion };
    return withText(draft, 'region', await askText(inputs, asked));
  }
  if (chosen === address) return withText(draft, 'endpoint', await askAddress(inputs, row));
  if (chosen !== buckets) return undefined;
  const names = await askText(inputs, {
    title: 'Your buckets',
    prompt: 'Their names, with commas between them',
  });
  if (names === undefined) return undefined;
  return { ...draft, row: { ...row, buckets: names.split(',').map((name) => name.trim()) } };
}

function withText(draft: Draft, field: string, text: string | undefined): Draft | undefined {
  return text === undefined ? undefined : { ...draft, row: { ...draft.row, [field]: text } };
}

async function askAddress(inputs: Inputs, row: JsonObject): Promise<string | undefined> {
  const endpoint = own(row, 'endpoint');
  const line = await inputs.line({
    title: 'The address of its S3 API',
    prompt: '',
    placeholder: '',
    value: typeof endpoint === 'string' ? endpoint : '',
    secret: false,
    check: addressProblem,
  });
  return line === undefined ? undefined : addressIn(line)?.endpoint;
}

async function withName({ connections }: Services, inputs: Inputs, draft: Draft): Promise<Draft | undefined> {
  const { all } = connections;
  const free = ['Objects', ...Array.from({ length: 50 }, (_, index) => `Objects ${index + 2}`)];
  const name = await inputs.line({
    title: 'The name of the store',
    prompt: 'What you call it: "list buckets on Objects"',
    placeholder: 'Objects',
    value: free.find((one) => nameProblem(one, all) === undefined) ?? '',
    secret: false,
    check: (line) => nameProblem(line, all),
  });
  return name === undefined ? undefined : { ...draft, row: { ...draft.row, name: name.trim() } };
}

async function save({ credentials }: Services, { row, keys: given }: Draft): Promise<void> {
  const { info, store } = storeOf(row);
  // The keys are there when the connection is.
  await credentials.set({ connection: info.id, endpoint: store.address }, given);
  await saveRows([...ownRows(), row]);
}

/** A row as it would be read from the setting. Throws MlopsError invalid. */
function storeOf(row: JsonObject): ConfiguredStore {
  const { connections, problems } = configuredConnections([{ name: hostOf(row), ...row }]);
  const [store] = connections;
  if (store === undefined || !('store' in store))
    throw new MlopsError('invalid', 'This store cannot be used.', { outside: problems[0] });
  return store;
}

/** What a store is called before it has a name. */
function hostOf(row: JsonObject): string {
  const endpoint = own(row, 'endpoint');
  return typeof endpoint === 'string' && URL.canParse(endpoint) ? new URL(endpoint).host : 'the store';
}
