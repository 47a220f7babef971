import * as z from 'zod';
import { onPlace } from '../domain/question.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import { objectsIn } from '../sentences/objectNamed.ts';
import { objectPath } from '../sentences/words.ts';
import {
  type DeletedObjects,
  type Deleting,
  deleteObjects,
  objectDeletion,
  type ObjectDeletion,
} from '../storage/deleteObjects.ts';
import { deleteObjectsQuestion } from '../storage/deleteObjectsQuestion.ts';
import { code, count, nameText, phrase } from '../text/markdown.ts';
import { size } from '../text/units.ts';
import { bucketField } from './fields.ts';
import { defineTool } from './tool.ts';

const input = z.strictObject({
  bucket: bucketField,
  keys: z.array(z.string().min(1).max(1100)).min(1).max(100).optional().describe('Whole keys.'),
  prefix: z.string().min(1).max(1100).optional().describe('All below it, such as "iris/".'),
  all: z.boolean().optional().describe('The bucket itself, with all in it.'),
});
type Input = z.infer<typeof input>;

export const deleteObjectsTool = defineTool({
  name: 'mlops_delete_objects',
  title: 'Delete objects',
  userDescription: 'Deletes objects, all below a prefix, or a bucket, after asking twice.',
  modelDescription:
    'Deletes objects (keys), all below a prefix, or a bucket with all in it, after the person has confirmed. Only when the person asked for it.',
  effect: 'destroy',
  input,
  progress: ({ bucket, keys, prefix = '' }) => {
    const [only, ...others] = keys ?? [];
    if (only === undefined) return `Deleting ${nameText(`${bucket}/${prefix}`)}`;
    return `Deleting ${others.length === 0 ? nameText(only) : count(others.length + 1, 'object')}`;
  },
  confirm: async (request, deps, signal) => {
    const deletion = await objectDeletion(await deps.store(), wanted(request), signal);
    return { question: onPlace(deleteObjectsQuestion(deletion), deps.place) };
  },
  run: async (request, deps, signal) => {
    const store = await deps.store();
    const deletion = await objectDeletion(store, wanted(request), signal);
    if (!(await deps.ask(onPlace(deleteObjectsQuestion(deletion), deps.place)))) return { deletion };
    return { deletion, outcome: await deleteObjects(store, deletion, signal) };
  },
  render: ({ deletion, outcome }) =>
    outcome === undefined
      ? `${whatOf(deletion)} ${deletion.objects.length === 1 ? 'was' : 'were'} not deleted: the person said no.`
      : outcomeText(deletion, outcome),
  mentions: ({ deletion, outcome }) =>
    outcome?.bucketDeleted === true ? [] : [{ kind: 'bucket', bucket: deletion.bucket }],
  did: ({ deletion, outcome }) => {
    if (outcome?.bucketDeleted === true) return `Deleted the bucket ${code(deletion.bucket)}`;
    return outcome === undefined || outcome.deleted.length === 0
      ? undefined
      : `Deleted ${whatOf({ ...deletion, objects: outcome.deleted })}`;
  },
  examples: [
    {
      say: 'delete datasets/old.csv',
      means: { bucket: 'datasets', keys: ['old.csv'] },
      does: 'an object; asks twice',
    },
    {
      say: 'delete everything under artifacts/iris/',
      means: { bucket: 'artifacts', prefix: 'iris/' },
      does: 'shows how many objects and bytes they are',
    },
    {
      say: 'delete the bucket scratch',
      means: { bucket: 'scratch', all: true },
      does: 'its name has to be typed',
    },
  ],
  sentences: [
    {
      pattern: /^(?:delete|remove|drop|lösche?|entferne) (?:the |den )?bucket (?<bucket>[\w.-]+)$/i,
      means: ({ bucket = '' }) => ({ bucket, all: true }),
    },
    {
      pattern:
        /^(?:delete|remove|rm(?: -rf?)?|lösche?|entferne) (?:everything|all(?: (?:the )?(?:files|objects))?|alles|alle (?:dateien|objekte)) (?:in|under|below|from|unter|in|aus) (?<path>\S+\/\S*)$|^rm -rf? (?<bare>\S+\/\S*)$/i,
      means: ({ path, bare }) => {
        const { bucket, rest } = objectPath(path ?? bare ?? '');
        // Without a prefix it would be all that is in the bucket.
        return rest === '' ? undefined : { bucket, prefix: rest.endsWith('/') ? rest : `${rest}/` };
      },
    },
    {
      pattern: /^(?:delete|remove|rm|erase|lösche?|entferne) (?<what>.+)$/i,
      means: ({ what = '' }, focus) => objectsIn(what, focus),
    },
  ],
});

/** What an input names. Throws MlopsError invalid where that is not one thing. */
function wanted({ bucket, keys, prefix, all = false }: Input): Deleting {
  const named = [keys, prefix, all || undefined].filter((one) => one !== undefined);
  if (named.length !== 1)
    throw new MlopsError('invalid', 'What is to be deleted is not clear.', {
      hint: 'Name keys, or a prefix, or all of the bucket.',
    });
  if (keys !== undefined) return { bucket, keys: [...new Set(keys)] };
  return prefix === undefined ? { bucket, all: true } : { bucket, prefix };
}

function whatOf({ bucket, objects, prefix, all }: ObjectDeletion): string {
  const [first, ...others] = objects;
  if (all) return `The bucket ${code(bucket)}`;
  if (prefix !== undefined) return `${count(objects.length, 'object')} below ${code(`${bucket}/${prefix}`)}`;
  return first !== undefined && others.length === 0
    ? code(`${bucket}/${first.key}`)
    : `${count(objects.length, 'object')} of ${code(bucket)}`;
}

const mostLeft = 10;

function outcomeText(deletion: ObjectDeletion, { deleted, left, bucketDeleted }: DeletedObjects): string {
  const bytes = size(deleted.reduce((sum, one) => sum + one.size, 0));
  const done = bucketDeleted
    ? `The bucket ${code(deletion.bucket)} was deleted, with ${count(deleted.length, 'object')} (${bytes}).`
    : deleted.length === 0
      ? 'Nothing was deleted.'
      : `${whatOf({ ...deletion, all: false, objects: deleted })} (${bytes}) ${deleted.length === 1 ? 'was' : 'were'} deleted.`;
  const more = left.length - mostLeft;
  return [
    done,
    ...left
      .slice(0, mostLeft)
      .map(({ key, reason }) => `- ${code(key)} is still there: ${phrase(reason, 300)}`),
    ...(more > 0 ? [`- and ${more} more`] : []),
    ...(deletion.missing.length > 0
      ? [`Not there: ${deletion.missing.slice(0, mostLeft).map(code).join(', ')}.`]
      : []),
  ].join('\n');
}
