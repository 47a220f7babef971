import { allowQuestion } from '../../core/connections/allowQuestion.ts';
import { checkUp } from '../../core/connections/doctor.ts';
import { thisMachine } from '../../core/domain/connection.ts';
import { named, textParagraph } from '../../core/domain/question.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import { asName } from '../../core/text/literal.ts';
import { ownRows, rowsWith, saveRows } from '../connections/connectionSettings.ts';
import { contactOf } from '../connections/clusterRow.ts';
import { configuredConnections } from '../connections/configured.ts';
import { kubeReach } from '../connections/kubeReach.ts';
import type { OpenConnection } from '../connections/openConnection.ts';
import type { Services } from '../services.ts';
import { askLine } from '../window/askLine.ts';
import { ask } from '../window/askQuestion.ts';
import type { Handler } from './command.ts';
import { showCheckUp } from './shared/checkUpDialog.ts';
import { chooseConnection } from './shared/chooseConnection.ts';
import { progress } from './shared/progress.ts';
import { signIn } from './signIn.ts';

const ownNone = 'You have added no connection yet.';

/** The person's own connections, which can be changed here. */
function isOwn({ info: { id } }: OpenConnection): boolean {
  return rowsWith(ownRows(), id, () => undefined).length < ownRows().length;
}

/** Takes a connection out of the person's settings, with what it signs in with; its runs stay where they are. */
export function removeConnection(services: Services): Handler {
  return async (...args) => {
    const title = 'Remove which connection?';
    const chosen = await chooseConnection(services, args, { title, fits: isOwn, none: ownNone });
    if (chosen === undefined) return;
    const { info, cluster, storeAddress } = chosen;
    const question = {
      title: ['Remove the connection ', named(info.name), '?'],
      verb: 'Remove',
      paragraphs: [textParagraph('Its pipelines, runs and objects stay where they are.')],
    };
    if (!(await ask(question))) return;
    await saveRows(rowsWith(ownRows(), info.id, () => undefined));
    const endpoint = cluster?.endpoint ?? storeAddress;
    if (endpoint !== undefined) await services.credentials.delete({ connection: info.id, endpoint });
  };
}

/** Gives a connection another name. Its id stays, and with it the sign-in and what is remembered of its runs. */
export function renameConnection(services: Services): Handler {
  return async (...args) => {
    const title = 'Rename which connection?';
    const chosen = await chooseConnection(services, args, { title, fits: isOwn, none: ownNone });
    if (chosen === undefined) return;
    const { id, name } = chosen.info;
    const others = services.connections.all.filter((other) => other !== chosen);
    const line = await askLine({
      title: `Rename ${name}`,
      prompt: 'What you call the connection',
      check: (text) => nameProblem(text, others),
    });
    if (line === undefined) return;
    await saveRows(rowsWith(ownRows(), id, (row) => ({ ...row, name: line.trim(), id })));
  };
}

/** Why a connection cannot have this name. */
export function nameProblem(text: string, others: readonly OpenConnection[]): string | undefined {
  const row = { name: text, kind: 'kubeflow', endpoint: 'https://a.example' };
  const [wanted] = configuredConnections([row]).connections;
  if (wanted === undefined)
    return text.trim() === ''
      ? 'It needs a name.'
      : 'A name has a letter or a digit, and at most 100 characters.';
  const { id, name } = wanted.info;
  const isTaken = others.some(({ info }) => info.id === id || info.name.toLowerCase() === name.toLowerCase());
  return isTaken || id === thisMachine ? 'Another connection has this name.' : undefined;
}

/** Asks whether a connection of the workspace may be contacted. */
export function allowConnection(services: Services): Handler {
  return async (...args) => {
    const chosen = await chooseConnection(services, args, {
      title: 'Allow which connection?',
      fits: ({ waits }) => waits === true,
      none: 'No connection of this workspace waits to be allowed.',
    });
    if (chosen?.cluster === undefined) return;
    const contact = contactOf(chosen.cluster);
    const reach = await kubeReach(chosen.cluster);
    if (await ask(allowQuestion(contact, reach))) services.connections.allow(chosen.info.id, contact, reach);
  };
}

/** Checks a connection step by step and says the first thing that is wrong. */
export function checkConnection(services: Services): Handler {
  return async (...args) => {
    const chosen = await chooseConnection(services, args, {
      title: 'Check which connection?',
      fits: () => true,
      none: 'There is no connection.',
    });
    if (chosen === undefined) return;
    if (chosen.waits === true) {
      await allowConnection(services)({ connection: chosen.info.id });
      return;
    }
    const { name } = chosen.info;
    const checked = await progress(`Checking ${name}`, (signal) => checkUp(chosen, signal));
    if (checked.steps.length === 0)
      throw new MlopsError('unsupported', `Nothing of ${asName(name)} can be checked.`);
    const offersSignIn = checked.wrong?.what === 'sign-in';
    const answer = await showCheckUp(checked, ...(offersSignIn ? ['Sign in'] : []));
    if (answer === 'Sign in') await signIn(services)({ connection: chosen.info.id });
  };
}
