import { MlopsError } from '../../core/ports/mlopsError.ts';
import { asName } from '../../core/text/literal.ts';
import { chooseObject, chooseStore } from '../objects/chooseObject.ts';
import { askAndDelete, objectsChanged } from '../objects/deleteObjects.ts';
import { changingStore } from '../objects/storeAt.ts';
import { deadline } from '../deadline.ts';
import type { Services } from '../services.ts';
import { askLine } from '../window/askLine.ts';
import { inform } from '../window/messages.ts';
import type { Handler } from './command.ts';
import { objectTargetsOf, targetOf } from './shared/arguments.ts';

/** Asks for a name, then makes a bucket of it. */
export function createBucket(services: Services): Handler {
  return async (...args) => {
    const named = targetOf(args).connection ?? (await chooseStore(services, 'Create a bucket'))?.info.id;
    if (named === undefined) return;
    const { at, writes } = await changingStore(services, 'write', named);
    const name = await askLine({
      title: `Create a bucket on ${asName(at.info.name)}`,
      prompt: 'Its name: 3 to 63 small letters, digits, dots and hyphens.',
      check: (line) =>
        line === '' || /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(line)
          ? undefined
          : '3 to 63 small letters, digits, dots and hyphens; it begins and ends with a letter or digit.',
    });
    if (name === undefined || name === '') return;
    await writes.createBucket(name, deadline());
    objectsChanged(services, at);
    void inform(`The bucket ${name} was created on ${asName(at.info.name)}.`);
  };
}

/** Deletes a bucket with all that is in it, after its name was typed. */
export function deleteBucket(services: Services): Handler {
  return async (...args) => {
    const [row] = objectTargetsOf(args.slice(0, 1));
    const target = row ?? (await chooseObject(services, { title: 'Delete which bucket?', what: 'bucket' }));
    if (target === undefined) return;
    const place = await changingStore(services, 'destroy', target.connection);
    await askAndDelete(services, place, { bucket: target.bucket, all: true });
  };
}

/** Deletes the selected objects, or all below a selected prefix, after asking. */
export function deleteObjects(services: Services): Handler {
  return async (...args) => {
    const selected = objectTargetsOf(args);
    const picked =
      selected.length > 0
        ? undefined
        : await chooseObject(services, { title: 'Delete which object?', what: 'object' });
    const targets = picked === undefined ? selected : [picked];
    const [first] = targets;
    if (first === undefined) return;
    if (targets.some(({ key }) => key === ''))
      throw new MlopsError('invalid', 'A bucket is deleted with Delete bucket.');
    const place = await changingStore(services, 'destroy', first.connection);
    for (const [bucket, some] of Map.groupBy(targets, (one) => one.bucket)) {
      const keys = some.map(({ key }) => key);
      const objects = keys.filter((key) => !key.endsWith('/'));
      if (objects.length > 0 && !(await askAndDelete(services, place, { bucket, keys: objects }))) return;
      for (const prefix of keys.filter((key) => key.endsWith('/')))
        if (!(await askAndDelete(services, place, { bucket, prefix }))) return;
    }
  };
}
