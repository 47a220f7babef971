import { placeName } from '../../core/connections/placeName.ts';
import { onPlace, type Question } from '../../core/domain/question.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import {
  deleteObjects,
  type Deleting,
  type ObjectDeletion,
  objectDeletion,
} from '../../core/storage/deleteObjects.ts';
import { deleteObjectsQuestion } from '../../core/storage/deleteObjectsQuestion.ts';
import { asName } from '../../core/text/literal.ts';
import { count } from '../../core/text/markdown.ts';
import { someNames } from '../../core/text/someNames.ts';
import { progress } from '../commands/shared/progress.ts';
import type { Services } from '../services.ts';
import { ask } from '../window/askQuestion.ts';
import { inform } from '../window/messages.ts';
import type { ChangingStore } from './storeAt.ts';

/** Looks at what would be deleted, asks, and deletes what was shown. False where the person said no. */
export async function askAndDelete(
  services: Services,
  { at, store }: ChangingStore,
  what: Deleting,
): Promise<boolean> {
  const name = asName(what.bucket);
  const deletion = await progress(`Looking at ${name}`, (signal) => objectDeletion(store, what, signal));
  const question = withTypedPrefix(deleteObjectsQuestion(deletion), deletion);
  if (!(await ask(onPlace(question, placeName(services.connections, at.info))))) return false;
  const deleting = progress(`Deleting in ${name}`, (signal) => deleteObjects(store, deletion, signal));
  const { deleted, left } = await deleting.finally(() => objectsChanged(services, at));
  if (left.length > 0) {
    const reasons = left.map(({ key, reason }) => `${asName(key)}: ${reason}`);
    const words = `${count(left.length, 'object')} of ${name} could not be deleted:`;
    throw new MlopsError('internal', words, { outside: someNames(reasons, 2) });
  }
  if (deleted.length > 1) void inform(`${count(deleted.length, 'object')} of ${name} were deleted.`);
  return true;
}

/** Several objects below a prefix are as much to lose as a small bucket. */
function withTypedPrefix(question: Question, { prefix, objects }: ObjectDeletion): Question {
  return prefix === undefined || objects.length < 2 ? question : { ...question, typed: prefix };
}

/** Has trees and open documents read the objects of a connection again. */
export function objectsChanged({ session }: Services, { info }: Pick<ChangingStore['at'], 'info'>): void {
  session.treeRequests.fire({ kind: 'objects', connection: info.id });
}
