import * as z from 'zod';
import { onPlace } from '../domain/question.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import { objectPath, unquote } from '../sentences/words.ts';
import { writesOf } from '../storage/deleteObjects.ts';
import { checkAgreed, conditionOf, objectFor, storedPlace } from '../storage/placeFor.ts';
import {
  noName,
  sourceOf,
  type Uploaded,
  uploadFingerprint,
  uploadQuestion,
} from '../storage/uploadObject.ts';
import { code, nameText } from '../text/markdown.ts';
import { size } from '../text/units.ts';
import { bucketField } from './fields.ts';
import { defineTool, type ToolDeps } from './tool.ts';

const input = z.strictObject({
  bucket: bucketField,
  key: z.string().max(1100).optional().describe('"folder/", or a whole key; left out: the name of the file.'),
  file: z.string().min(1).max(1000).optional().describe('A file of the workspace.'),
  text: z.string().max(100_000).optional().describe('Instead of a file.'),
});
type Input = z.infer<typeof input>;

export const uploadObjectTool = defineTool({
  name: 'mlops_upload_object',
  title: 'Upload an object',
  userDescription: 'Stores a file of the workspace, or a text, as an object, after asking.',
  modelDescription:
    'Stores a file of the workspace, or a text, as an object, after the person has confirmed. Only when the person asked for it.',
  effect: 'write',
  input,
  progress: ({ bucket, file }) => `Uploading ${nameText(file ?? 'a text')} to ${nameText(bucket)}`,
  confirm: async (request, deps, signal) => {
    const { what, place } = await planned(request, deps, signal);
    return {
      agreed: uploadFingerprint(what, place),
      question: onPlace(uploadQuestion(what, place), deps.place),
    };
  },
  run: async (request, deps, signal) => {
    const { store, what, place } = await planned(request, deps, signal);
    checkAgreed(deps.agreed, uploadFingerprint(what, place), place);
    const onProgress = (bytes: number, total: number) =>
      deps.report(`Uploading ${nameText(place.key)}: ${size(bytes)} of ${size(total)}`);
    const options = { ...conditionOf(place), onProgress };
    const stat = await writesOf(store).put(place, sourceOf(what), options, signal);
    return { stat, what, replaced: place.there !== undefined };
  },
  render: ({ stat, what, replaced }) => {
    const subject = 'source' in what ? code(what.label) : 'The text';
    const end = replaced ? ' It replaced the one that was there.' : '';
    return `${subject} is stored as ${code(`${stat.bucket}/${stat.key}`)} (${size(stat.size)}).${end}`;
  },
  mentions: ({ stat: { bucket, key } }) => [{ kind: 'object', bucket, key }],
  did: ({ stat }) => `Uploaded ${code(`${stat.bucket}/${stat.key}`)}`,
  examples: [
    {
      say: 'upload data/train.csv to datasets',
      means: { file: 'data/train.csv', bucket: 'datasets' },
      does: 'a file of the workspace; asks first',
    },
    {
      say: 'upload data/train.csv to datasets/2026/',
      means: { file: 'data/train.csv', bucket: 'datasets', key: '2026/' },
    },
  ],
  sentences: [
    {
      pattern:
        /^(?:upload|put|store|save) (?:the )?(?:file )?(?<file>\S+|"[^"]+") (?:to|into|in|as|under) (?:the bucket )?(?<to>\S+|"[^"]+")$|^lade (?:die datei )?(?<datei>\S+) (?:nach|in) (?<nach>\S+) hoch$/i,
      means: ({ file = '', to = '', datei, nach }) => uploaded(unquote(datei ?? file), unquote(nach ?? to)),
    },
  ],
});

/** A file has an ending or a folder; "the kettle" has neither. */
function uploaded(file: string, to: string): Input | undefined {
  const { bucket, rest } = objectPath(to);
  if (!/[./]/.test(file) || bucket === '') return undefined;
  return { file, bucket, ...(rest === '' ? {} : { key: rest }) };
}

async function planned({ bucket, key = '', file, text }: Input, deps: ToolDeps, signal: AbortSignal) {
  const store = await deps.store();
  writesOf(store);
  const what = await uploadOf({ file, text }, deps, signal);
  const to = objectFor(`${bucket}/${key}`, 'name' in what ? what.name : '');
  if (to.key === '' || to.key.endsWith('/')) throw noName();
  return { store, what, place: await storedPlace(store, to, signal) };
}

async function uploadOf(
  { file, text }: Pick<Input, 'file' | 'text'>,
  { localFile }: ToolDeps,
  signal: AbortSignal,
): Promise<Uploaded> {
  if ((file === undefined) === (text === undefined))
    throw new MlopsError('invalid', 'What is to be uploaded is not clear.', {
      hint: 'Name a file, or give a text.',
    });
  if (file === undefined) return { text: text ?? '' };
  if (localFile === undefined)
    throw new MlopsError('unsupported', 'No folder is open, so there is no file to upload.');
  return localFile(file, signal);
}
