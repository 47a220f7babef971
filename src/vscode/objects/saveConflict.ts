import * as vscode from 'vscode';
import { placeName } from '../../core/connections/placeName.ts';
import type { ObjectStat } from '../../core/domain/storedObject.ts';
import type { Resolution } from '../../core/storage/saveObject.ts';
import { changedQuestion, goneQuestion } from '../../core/storage/saveQuestions.ts';
import { lastPart } from '../../core/storage/keyParts.ts';
import { literal } from '../../core/text/literal.ts';
import type { OpenConnection } from '../connections/openConnection.ts';
import type { Services } from '../services.ts';
import { objectUri } from '../uris.ts';
import { askWith } from '../window/askQuestion.ts';

const compare = 'Compare';
const discard = 'Discard mine';

/** Asks what becomes of a save; `now` is what is there, undefined where it was deleted. */
export async function resolveConflict(
  { connections }: Services,
  { info }: OpenConnection,
  { uri, name, now }: SavedObject,
): Promise<Resolution> {
  const place = placeName(connections, info);
  const question = now === undefined ? goneQuestion(name, place) : changedQuestion(name, now, place);
  const others = now === undefined ? [discard] : [compare, discard];
  const answer = await askWith(question, 'warning', others);
  if (answer === question.verb) return 'overwrite';
  if (answer === discard) return 'discard';
  if (answer === compare && now !== undefined) await showDifference(info, uri, now);
  return 'wait';
}

/** An object that is saved. */
export interface SavedObject {
  readonly uri: vscode.Uri;
  readonly name: string;
  readonly now: ObjectStat | undefined;
}

async function showDifference(
  { id, name }: OpenConnection['info'],
  mine: vscode.Uri,
  { bucket, key, etag = '' }: ObjectStat,
): Promise<void> {
  const theirs = objectUri({ connection: id, bucket, key }, { etag });
  const title = literal(`${lastPart(key)} (${name} ↔ mine)`);
  await vscode.commands.executeCommand('vscode.diff', theirs, mine, title);
}
