import * as z from 'zod';
import type { Focus } from '../domain/focus.ts';
import { onPlace } from '../domain/question.ts';
import { objectIn } from '../sentences/objectNamed.ts';
import { unquote } from '../sentences/words.ts';
import { copyFingerprint, copyObject, copyQuestion, plannedCopy } from '../storage/copyObject.ts';
import { checkAgreed } from '../storage/placeFor.ts';
import { code, nameText, phrase } from '../text/markdown.ts';
import { size } from '../text/units.ts';
import { bucketField, keyField } from './fields.ts';
import { defineTool } from './tool.ts';

const input = z.strictObject({
  bucket: bucketField,
  key: keyField,
  to: z.string().min(1).max(1200).describe('"bucket/key", or "bucket/folder/".'),
  move: z.boolean().optional().describe('Also to rename.'),
});
type Input = z.infer<typeof input>;

export const copyObjectTool = defineTool({
  name: 'mlops_copy_object',
  title: 'Copy or move an object',
  userDescription: 'Copies, moves or renames an object within a store, after asking.',
  modelDescription:
    'Copies, moves or renames one object within a store, after the person has confirmed. Only when the person asked for it.',
  effect: 'write',
  input,
  progress: ({ key, move }) => `${move === true ? 'Moving' : 'Copying'} ${nameText(key)}`,
  confirm: async (request, deps, signal) => {
    const plan = await plannedCopy(await deps.store(), wanted(request), signal);
    return { agreed: copyFingerprint(plan), question: onPlace(copyQuestion(plan), deps.place) };
  },
  run: async (request, deps, signal) => {
    const store = await deps.store();
    const plan = await plannedCopy(store, wanted(request), signal);
    checkAgreed(deps.agreed, copyFingerprint(plan), plan.from);
    const onProgress = (bytes: number, total: number) =>
      deps.report(`Copying ${nameText(request.key)}: ${size(bytes)} of ${size(total)}`);
    return { plan, ...(await copyObject(store, plan, onProgress, signal)) };
  },
  render: ({ plan: { from, move }, made, kept }) => {
    const source = code(`${from.bucket}/${from.key}`);
    const target = `${code(`${made.bucket}/${made.key}`)} (${size(made.size)})`;
    if (!move) return `${source} was copied to ${target}.`;
    return kept === undefined
      ? `${source} was moved to ${target}.`
      : `${source} was copied to ${target}, and is still there: ${phrase(kept, 300)}.`;
  },
  mentions: ({ made: { bucket, key } }) => [{ kind: 'object', bucket, key }],
  did: ({ plan: { from, move }, made, kept }) =>
    `${move && kept === undefined ? 'Moved' : 'Copied'} ${code(`${from.bucket}/${from.key}`)} to ${code(`${made.bucket}/${made.key}`)}`,
  examples: [
    {
      say: 'copy datasets/sales.csv to archive/sales.csv',
      means: { bucket: 'datasets', key: 'sales.csv', to: 'archive/sales.csv' },
      does: 'within a store; asks first',
    },
    {
      say: 'move datasets/sales.csv to archive/2026/',
      means: { bucket: 'datasets', key: 'sales.csv', to: 'archive/2026/', move: true },
      does: 'moves or renames; asks first',
    },
  ],
  sentences: [
    {
      pattern:
        /^(?:copy|cp|duplicate|kopiere?) (?<from>.+?) (?:(?:to|into|as|nach|in) )?(?<to>\S+|"[^"]+")$/i,
      means: ({ from, to }, focus) => copied(from, to, focus),
    },
    {
      pattern:
        /^(?:move|mv|rename|verschiebe?|benenne) (?<from>.+?) (?:(?:to|into|as|nach|in) )?(?<to>\S+|"[^"]+")(?: um)?$/i,
      means: ({ from, to }, focus) => {
        const copy = copied(from, to, focus);
        return copy && { ...copy, move: true };
      },
    },
  ],
});

const wanted = ({ bucket, key, to, move = false }: Input) => ({ bucket, key, to, move });

/** A name without a folder stays in that of the object: "rename models/a.csv to b.csv". */
function copied(from: string | undefined, target: string | undefined, focus: Focus): Input | undefined {
  const object = objectIn(from, focus);
  const to = unquote(target ?? '');
  if (object === undefined || to === '') return undefined;
  const folder = [object.bucket, object.key.slice(0, object.key.lastIndexOf('/') + 1)].join('/');
  const isName = !to.includes('/') && to.includes('.');
  return { ...object, to: isName ? `${folder}${to}` : to };
}
