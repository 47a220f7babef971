import * as vscode from 'vscode';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import { tagsQuestion } from '../../core/storage/objectQuestions.ts';
import { tagsIn, tagsLine } from '../../core/storage/tagsLine.ts';
import { inSentence } from '../../core/sentences/words.ts';
import { asName } from '../../core/text/literal.ts';
import { onPlace } from '../../core/domain/question.ts';
import { placeName } from '../../core/connections/placeName.ts';
import { chooseObject } from '../objects/chooseObject.ts';
import { objectsChanged } from '../objects/deleteObjects.ts';
import { changingStore, storeAt } from '../objects/storeAt.ts';
import { deadline } from '../deadline.ts';
import type { Services } from '../services.ts';
import { detailsUri } from '../uris.ts';
import { askLine } from '../window/askLine.ts';
import { ask } from '../window/askQuestion.ts';
import type { Handler } from './command.ts';
import { objectTargetsOf, type ObjectTarget } from './shared/arguments.ts';

/** Shows what a store knows of an object beside its bytes: size, times, ETag, metadata, tags, versions. */
export function showDetails(services: Services): Handler {
  return async (...args) => {
    const target = await objectOf(services, args, 'Show the details of which object?');
    if (target === undefined) return;
    const { at } = await storeAt(services, target.connection);
    const uri = detailsUri({ ...target, connection: at.info.id });
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  };
}

/** Asks @mlops which run, task and parameters made an object. */
export function askWhatMadeObject(services: Services): Handler {
  return async (...args) => {
    const target = await objectOf(services, args, 'What made which object?');
    if (target === undefined) return;
    const { at } = await storeAt(services, target.connection);
    const place = placeName(services.connections, at.info);
    const where = place === undefined ? '' : ` on ${place}`;
    const query = `@mlops which run made ${inSentence(`${target.bucket}/${target.key}`)}${where}`;
    await vscode.commands.executeCommand('workbench.action.chat.open', { query });
  };
}

/** Asks for the tags of an object in one line, then replaces them. */
export function editTags(services: Services): Handler {
  return async (...args) => {
    const target = await objectOf(services, args, 'Edit the tags of which object?');
    if (target === undefined) return;
    const { at, store, writes } = await changingStore(services, 'write', target.connection);
    const { bucket, key } = target;
    const name = `${bucket}/${key}`;
    if (store.tags === undefined || writes.setTags === undefined)
      throw new MlopsError('unsupported', `Objects of ${asName(at.info.name)} have no tags.`);
    const before = await store.tags({ bucket, key }, deadline());
    const line = await askLine({
      title: `Tags of ${asName(name)}`,
      prompt: 'name=value, with commas between. Empty: no tags.',
      value: tagsLine(before),
      check: (text) => {
        const read = tagsIn(text);
        return typeof read === 'string' ? read : undefined;
      },
    });
    const after = line === undefined ? undefined : tagsIn(line);
    if (after === undefined || typeof after === 'string' || tagsLine(after) === tagsLine(before)) return;
    const question = onPlace(tagsQuestion(name, before, after), placeName(services.connections, at.info));
    if (!(await ask(question, 'information'))) return;
    await writes.setTags({ bucket, key }, after, deadline());
    objectsChanged(services, at);
  };
}

/** The object of a row or of the editor in front, else one that the person picks. */
export async function objectOf(
  services: Services,
  args: readonly unknown[],
  title: string,
): Promise<ObjectTarget | undefined> {
  const [target] = objectTargetsOf(args);
  return target ?? (await chooseObject(services, { title, what: 'object' }));
}
