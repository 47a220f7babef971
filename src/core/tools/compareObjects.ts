import * as z from 'zod';
import type { Focus } from '../domain/focus.ts';
import { contentChange, isSameCode } from '../lineage/compareObjects.ts';
import { renderChanges } from '../lineage/renderChanges.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import { objectIn } from '../sentences/objectNamed.ts';
import { objectPath } from '../sentences/words.ts';
import { nameText } from '../text/markdown.ts';
import { bucketField, keyField } from './fields.ts';
import { mentionOfSummary } from './runResult.ts';
import { originOf } from './originOf.ts';
import { defineTool } from './tool.ts';

const input = z.strictObject({
  bucket: bucketField,
  key: keyField,
  other: z.string().min(1).max(1200).describe('The later one, "bucket/key".'),
});
type Input = z.infer<typeof input>;

export const compareObjectsTool = defineTool({
  name: 'mlops_compare_objects',
  title: 'Compare two objects',
  userDescription: 'Shows what changed between two objects: contents, parameters, code and metrics.',
  modelDescription:
    'Compares two objects: size and lines of text, and the parameters, inputs, code and metrics of the runs that made them.',
  effect: 'read',
  input,
  progress: ({ key }) => `Comparing ${nameText(key)}`,
  run: async ({ bucket, key, other }, deps, signal) => {
    const { bucket: otherBucket, rest } = objectPath(other);
    if (rest === '') throw new MlopsError('invalid', 'The other object needs its bucket and its key.');
    const store = await deps.store();
    const [before, after] = await Promise.all([
      store.stat(bucket, key, signal),
      store.stat(otherBucket, rest, signal),
    ]);
    const content = await contentChange(store, before, after, signal);
    const [old, now] = [
      await originOf({ bucket, key }, deps, signal),
      await originOf({ bucket: otherBucket, key: rest }, deps, signal),
    ];
    const backend = now.connection === old.connection ? now.backend : undefined;
    const sameCode = backend && (await isSameCode(backend, [old.trace.origin, now.trace.origin], signal));
    return {
      before: { stat: before, ...old.trace },
      after: { stat: after, ...now.trace },
      content,
      sameCode,
      connection: now.connection,
    };
  },
  render: renderChanges,
  mentions: ({ before, after, connection }) => {
    const runs = [after, before].flatMap(({ origin }) => origin?.maker?.run ?? []);
    return [
      ...runs.map((run) => ({ ...mentionOfSummary(run), ...(connection && { connection }) })),
      ...[after, before].map(({ stat: { bucket, key } }) => ({ kind: 'object', bucket, key }) as const),
    ];
  },
  examples: [
    {
      say: 'what changed between models/3/card.md and models/4/card.md',
      means: { bucket: 'models', key: '3/card.md', other: 'models/4/card.md' },
      does: 'contents, and the parameters and metrics behind them',
    },
  ],
  sentences: [
    {
      pattern:
        /^(?:what (?:changed|differs|is different)|(?:show )?(?:the )?(?:difference|differences|diff|changes)|was hat sich geändert|unterschied) (?:between|zwischen) (?<a>\S+|"[^"]+") (?:and|und) (?<b>\S+|"[^"]+")$/i,
      means: ({ a, b }, focus) => compared(a, b, focus),
    },
    {
      pattern:
        /^(?:compare|diff|vergleiche?) (?<a>\S+\/\S+|"[^"]+")(?: (?:with|to|and|against|mit|und))? (?<b>\S+\/\S+|"[^"]+")$/i,
      means: ({ a, b }, focus) => compared(a, b, focus),
    },
  ],
});

function compared(a: string | undefined, b: string | undefined, focus: Focus): Input | undefined {
  const [before, after] = [objectIn(a, focus), objectIn(b, focus)];
  return before === undefined || after === undefined
    ? undefined
    : { ...before, other: [after.bucket, after.key].join('/') };
}
