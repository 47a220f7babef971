import type { ConfiguredCluster } from '../connections/clusterRow.ts';
import { ownRows, rowsWith, saveRows } from '../connections/connectionSettings.ts';
import { tryCluster } from '../connections/tryCluster.ts';
import type { Services } from '../services.ts';
import { Inputs } from '../window/inputs.ts';
import { inform } from '../window/messages.ts';
import type { Handler } from './command.ts';
import { askSignIn, type GivenSignIn } from './shared/askCredential.ts';
import { askAfterFailure } from './shared/checkUpDialog.ts';
import { chooseCluster } from './shared/chooseConnection.ts';
import { progress } from './shared/progress.ts';

/** Asks how a connection signs in, tries it, and keeps what was given. */
export function signIn(services: Services): Handler {
  return async (...args) => {
    const cluster = await chooseCluster(services, args, 'Sign in to which connection?');
    if (cluster === undefined) return;
    const inputs = new Inputs();
    try {
      const given = await triedSignIn(services, inputs, cluster);
      if (given === undefined) return;
      await keepSignIn(services, cluster, given);
      void inform(`You are signed in to ${cluster.info.name}.`);
    } finally {
      inputs.dispose();
    }
  };
}

/** Asks until the sign-in works, or the person keeps it as it is. */
async function triedSignIn(
  { log }: Services,
  inputs: Inputs,
  cluster: ConfiguredCluster,
): Promise<GivenSignIn | undefined> {
  const { info, signIn: now, fromWorkspace = false } = cluster;
  // What a workspace says of its connections is changed in its settings alone.
  const offered = fromWorkspace ? { only: now } : { now };
  for (;;) {
    const given = await askSignIn(inputs, info.name, offered);
    if (given === undefined) return undefined;
    const { checked } = await progress(`Signing in to ${info.name}`, (signal) =>
      tryCluster(withSignIn(cluster, given), given.credential, { log, signal }),
    );
    if (checked.wrong === undefined) return given;
    const answer = await askAfterFailure(checked);
    if (answer !== 'again') return answer === 'save' ? given : undefined;
  }
}

/** The same connection with another sign-in. */
export function withSignIn(
  cluster: ConfiguredCluster,
  { kind, tokenFile = '' }: GivenSignIn,
): ConfiguredCluster {
  return { ...cluster, signIn: kind, tokenFile };
}

/** Keeps the credential with the editor, and the way to sign in, without secrets, in the row of the setting. */
async function keepSignIn(
  { credentials }: Services,
  { info: { id }, endpoint, fromWorkspace = false }: ConfiguredCluster,
  { kind, credential, tokenFile }: GivenSignIn,
): Promise<void> {
  if (!fromWorkspace)
    await saveRows(
      // A file that is not used any more stays in the row, and is not read.
      rowsWith(ownRows(), id, (row) => ({
        ...row,
        signIn: kind,
        ...(tokenFile === undefined ? {} : { tokenFile }),
      })),
    );
  const owner = { connection: id, endpoint };
  if (credential === undefined) await credentials.delete(owner);
  else await credentials.set(owner, credential);
}

/** Forgets what a connection signs in with. */
export function signOut(services: Services): Handler {
  return async (...args) => {
    const cluster = await chooseCluster(services, args, 'Sign out of which connection?');
    if (cluster === undefined) return;
    const { info, endpoint, signIn: kind } = cluster;
    await services.credentials.delete({ connection: info.id, endpoint });
    const rest = kind === 'tokenFile' ? ' The file of its token stays.' : '';
    void inform(`You are signed out of ${info.name}.${rest}`);
  };
}
