import { placeName } from '../../core/connections/placeName.ts';
import { onPlace } from '../../core/domain/question.ts';
import type { ObjectName } from '../../core/ports/objectWrites.ts';
import { countBelow, countText } from '../../core/storage/countBelow.ts';
import {
  copyObject,
  moveObject,
  type Relocation,
  relocations,
  type RelocationPlan,
} from '../../core/storage/relocate.ts';
import type { OneTransfer } from '../../core/storage/transferAll.ts';
import { transferOutcome } from '../../core/storage/transferOutcome.ts';
import { relocateQuestion, skip } from '../../core/storage/transferQuestions.ts';
import { existingKeys } from '../../core/storage/uploadPlan.ts';
import { asName } from '../../core/text/literal.ts';
import { progress } from '../commands/shared/progress.ts';
import { deadline } from '../deadline.ts';
import type { Services } from '../services.ts';
import { askWith } from '../window/askQuestion.ts';
import { complain, inform, showProgress } from '../window/messages.ts';
import { objectsChanged } from './deleteObjects.ts';
import { showTransfer } from './showTransfer.ts';
import type { ChangingStore } from './storeAt.ts';

/** What is done with objects, and the words for it. */
export type Way = 'copy' | 'move';

const words = {
  copy: { verb: 'Copy', going: 'Copying', done: 'copied' },
  move: { verb: 'Move', going: 'Moving', done: 'moved' },
} as const;

/** Asks, then copies or moves objects within a store. */
export async function askAndRelocate(
  services: Services,
  place: ChangingStore,
  way: Way,
  plans: readonly RelocationPlan[],
): Promise<void> {
  const [first] = plans;
  if (first === undefined) return;
  const all: Relocation[] = [];
  for (const plan of plans) all.push(...relocations(plan, await objectsOf(place, plan.from)));
  const existing = await existingAt(place, all);
  const { verb, going, done } = words[way];
  const [to, from] = [nameOf(first.to), plans.length === 1 ? nameOf(first.from) : undefined];
  const subject = {
    ...{ count: all.length, bytes: all.reduce((sum, { size }) => sum + size, 0), from, to },
    existing: [...existing].toSorted(),
  };
  const question = onPlace(relocateQuestion(verb, subject), placeName(services.connections, place.at.info));
  const answer = await askWith(
    question,
    'information',
    existing.size === 0 || all.length === 1 ? [] : [skip],
  );
  if (answer !== question.verb && answer !== skip) return;
  const wanted = answer === skip ? all.filter((one) => !existing.has(nameOf(one.to))) : all;
  const transfers = wanted.map((one) => transferOf(place, way, one, existing.has(nameOf(one.to))));
  const outcome = await showTransfer(services, `${going} to ${asName(to)}`, transfers);
  objectsChanged(services, place.at);
  const rest = way === 'move' ? 'The others are where they were.' : 'Nothing is left of the others.';
  const { text, isFailure } = transferOutcome(outcome, { verb: done, to, rest });
  void (isFailure ? complain(text) : inform(text));
}

function transferOf(
  { store, writes }: ChangingStore,
  way: Way,
  one: Relocation,
  replaces: boolean,
): OneTransfer {
  return {
    name: nameOf(one.from),
    size: one.size,
    run: (onBytes, signal) =>
      way === 'copy'
        ? copyObject({ writes }, one, replaces, onBytes, signal)
        : moveObject({ stat: store.stat.bind(store), writes }, one, replaces, onBytes, signal),
  };
}

async function objectsOf({ store }: ChangingStore, { bucket, key }: ObjectName) {
  if (key !== '' && !key.endsWith('/'))
    return [{ key, size: (await store.stat(bucket, key, deadline())).size }];
  const { objects } = await showProgress(`Looking at ${asName(`${bucket}/${key}`)}`, (signal, report) =>
    countBelow(store, { bucket, prefix: key }, (so) => report(countText(so)), signal),
  );
  return objects;
}

/** The full names of those that are there already. */
async function existingAt(
  { store }: ChangingStore,
  all: readonly Relocation[],
): Promise<ReadonlySet<string>> {
  const [first] = all;
  if (first === undefined) return new Set();
  const { bucket } = first.to;
  const keys = all.map(({ to }) => to.key);
  const there = await progress('Looking at what is there', (signal) =>
    existingKeys(store, bucket, keys, signal),
  );
  return new Set([...there].map((key) => nameOf({ bucket, key })));
}

const nameOf = ({ bucket, key }: ObjectName) => `${bucket}/${key}`;
