import * as vscode from 'vscode';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import { linkTo, linksOf } from '../../core/storage/linkObject.ts';
import { parentOf, lastPart } from '../../core/storage/keyParts.ts';
import { placeIn, type RelocationPlan } from '../../core/storage/relocate.ts';
import { asName, literal } from '../../core/text/literal.ts';
import { chooseObject } from '../objects/chooseObject.ts';
import { askAndRelocate, type Way } from '../objects/relocations.ts';
import { changingStore, storeAt } from '../objects/storeAt.ts';
import { deadline } from '../deadline.ts';
import type { Services } from '../services.ts';
import { askLine } from '../window/askLine.ts';
import { inform } from '../window/messages.ts';
import type { Handler } from './command.ts';
import { objectTargetsOf, type ObjectTarget } from './shared/arguments.ts';

/** Copies the addresses of the selected objects, one a line: s3://bucket/key. */
export function copyObjectUri(services: Services): Handler {
  return async (...args) => {
    const targets = await targetsOf(services, args, 'Copy the URI of which object?');
    await copy(targets.map(({ bucket, key }) => `s3://${bucket}/${key}`));
  };
}

/** Copies the keys of the selected objects, one a line. */
export function copyObjectKey(services: Services): Handler {
  return async (...args) => {
    const targets = await targetsOf(services, args, 'Copy the key of which object?');
    await copy(targets.map(({ key }) => key));
  };
}

/** Copies the web addresses of the selected objects, which only those who may read them can open. */
export function copyObjectUrl(services: Services): Handler {
  return async (...args) => {
    const targets = await targetsOf(services, args, 'Copy the URL of which object?');
    const [first] = targets;
    if (first === undefined) return;
    const { at } = await storeAt(services, first.connection);
    const { storeAddress } = at;
    if (storeAddress === undefined)
      throw new MlopsError('unsupported', `Objects of ${asName(at.info.name)} have no URLs.`);
    const path = ({ bucket, key }: ObjectTarget) =>
      [bucket, ...key.split('/')].map(encodeURIComponent).join('/');
    await copy(targets.map((target) => `${storeAddress.replace(/\/$/, '')}/${path(target)}`));
  };
}

const hour = 60;
const day = 24 * hour;
const times = [
  { label: '1 hour', minutes: hour },
  { label: '8 hours', minutes: 8 * hour },
  { label: '1 day', minutes: day },
  { label: '7 days', minutes: 7 * day },
] as const;

/** Asks for how long, then copies a link that lets anyone who has it read the object. */
export function copyLink(services: Services): Handler {
  return async (...args) => {
    const [target] = await targetsOf(services, args, 'Copy a link to which object?');
    if (target === undefined) return;
    const { store } = await changingStore(services, 'write', target.connection);
    linksOf(store);
    const stat = await store.stat(target.bucket, target.key, deadline());
    const chosen = await vscode.window.showQuickPick(times, {
      title: literal(`Copy a link to ${asName(`${target.bucket}/${target.key}`)}`),
      placeHolder: 'Whoever has the link can read the object without signing in, for',
    });
    if (chosen === undefined) return;
    await vscode.env.clipboard.writeText(await linkTo(store, stat, chosen.minutes, deadline()));
    void inform(`A link to ${asName(`${target.bucket}/${target.key}`)} for ${chosen.label} was copied.`);
  };
}

/** Asks for another place, then copies the selected objects or folders there. */
export function copyObject(services: Services): Handler {
  return (...args) => relocate(services, args, 'copy');
}

/** Asks for another place, then moves the selected objects or folders there. */
export function moveObject(services: Services): Handler {
  return (...args) => relocate(services, args, 'move');
}

/** Asks for another name in the same folder, then moves the object or folder. */
export function renameObject(services: Services): Handler {
  return async (...args) => {
    const [target] = await targetsOf(services, args, 'Rename which object?');
    if (target === undefined || target.key === '') return;
    const { bucket, key } = target;
    const place = await changingStore(services, 'write', target.connection);
    const name = await askLine({
      title: `Rename ${asName(`${bucket}/${key}`)}`,
      prompt: 'Its new name. A slash puts it into a folder.',
      value: lastPart(key),
      check: (line) => (line.trim() === '' ? 'A name is wanted.' : undefined),
    });
    if (name === undefined || name === lastPart(key)) return;
    const end = key.endsWith('/') && !name.endsWith('/') ? '/' : '';
    const to = { bucket, key: `${parentOf(key)}${name}${end}` };
    await askAndRelocate(services, place, 'move', [{ from: { bucket, key }, to }]);
  };
}

async function relocate(services: Services, args: readonly unknown[], way: Way): Promise<void> {
  const verb = way === 'copy' ? 'Copy' : 'Move';
  const targets = await targetsOf(services, args, `${verb} which object?`);
  const [first, another] = targets;
  if (first === undefined) return;
  const place = await changingStore(services, 'write', first.connection);
  const isOne = another === undefined;
  const line = await askLine({
    title: isOne
      ? `${verb} ${asName(`${first.bucket}/${first.key}`)}`
      : `${verb} ${targets.length} objects and folders`,
    prompt: isOne
      ? 'Where to: the bucket, a slash, and the key. A slash at the end keeps its name.'
      : 'To which folder: the bucket, a slash, and the prefix.',
    value: isOne ? `${first.bucket}/${first.key}` : `${first.bucket}/${parentOf(first.key)}`,
    check: (text) => (placeIn(text) === undefined ? 'It begins with a bucket.' : undefined),
  });
  const to = line === undefined ? undefined : placeIn(line);
  if (to === undefined) return;
  await askAndRelocate(
    services,
    place,
    way,
    targets.map((from) => planOf(from, to, isOne)),
  );
}

/** Into a folder the name stays; a single object takes the key that was typed. */
function planOf(
  from: ObjectTarget,
  { bucket, key }: { readonly bucket: string; readonly key: string },
  isOne: boolean,
): RelocationPlan {
  const isFolder = from.key === '' || from.key.endsWith('/');
  const end = isFolder ? '/' : '';
  if (key !== '' && !key.endsWith('/'))
    return isOne
      ? { from, to: { bucket, key: `${key}${end}` } }
      : { from, to: { bucket, key: `${key}/${lastPart(from.key)}${end}` } };
  // A folder that was typed with its slash is meant as it stands.
  const own = isFolder && isOne ? '' : `${lastPart(from.key)}${end}`;
  return { from, to: { bucket, key: `${key}${own}` } };
}

async function targetsOf(
  services: Services,
  args: readonly unknown[],
  title: string,
): Promise<readonly ObjectTarget[]> {
  const selected = objectTargetsOf(args);
  if (selected.length > 0) return selected;
  const chosen = await chooseObject(services, { title, what: 'object' });
  return chosen === undefined ? [] : [chosen];
}

async function copy(lines: readonly string[]): Promise<void> {
  if (lines.length > 0) await vscode.env.clipboard.writeText(lines.join('\n'));
}
