import * as z from 'zod';
import { onPlace } from '../domain/question.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import { objectIn } from '../sentences/objectNamed.ts';
import { linkQuestion, linksOf, linkTo, spanText } from '../storage/linkObject.ts';
import { objectState } from '../storage/objectState.ts';
import { asName } from '../text/literal.ts';
import { code, nameText } from '../text/markdown.ts';
import { bucketField, keyField } from './fields.ts';
import { defineTool } from './tool.ts';

const usualMinutes = 60;
const mostMinutes = 7 * 24 * 60;

export const linkObjectTool = defineTool({
  name: 'mlops_link_object',
  title: 'Make a link to an object',
  userDescription: 'Puts a link to an object on the clipboard, after asking.',
  modelDescription:
    "Puts a presigned link to an object on the person's clipboard, after they have confirmed; the link itself is not returned.",
  effect: 'write',
  input: z.strictObject({
    bucket: bucketField,
    key: keyField,
    minutes: z.number().int().min(1).max(mostMinutes).optional().describe('Default 60, at most 10080.'),
  }),
  progress: ({ key }) => `Making a link to ${nameText(key)}`,
  confirm: async ({ bucket, key, minutes = usualMinutes }, deps, signal) => {
    const store = await deps.store();
    linksOf(store);
    const stat = await store.stat(bucket, key, signal);
    return {
      input: { bucket, key, minutes },
      agreed: objectState(stat),
      question: onPlace(linkQuestion(stat, minutes), deps.place),
    };
  },
  run: async ({ bucket, key, minutes = usualMinutes }, deps, signal) => {
    const store = await deps.store();
    const stat = await store.stat(bucket, key, signal);
    if (deps.agreed !== undefined && deps.agreed !== objectState(stat))
      throw new MlopsError('conflict', `${asName(`${bucket}/${key}`)} changed after the question.`, {
        hint: 'Ask for the link once more.',
      });
    await deps.copy(await linkTo(store, stat, minutes, signal));
    return { bucket, key, minutes };
  },
  render: ({ bucket, key, minutes }) =>
    `A link to ${code(`${bucket}/${key}`)} is on the clipboard. It works for ${spanText(minutes)}, for whoever has it.`,
  mentions: ({ bucket, key }) => [{ kind: 'object', bucket, key }],
  did: ({ bucket, key }) => `Made a link to ${code(`${bucket}/${key}`)}`,
  examples: [
    {
      say: 'give me a link to datasets/sales.csv',
      means: { bucket: 'datasets', key: 'sales.csv' },
      does: 'works for an hour; asks first',
    },
    {
      say: 'share datasets/sales.csv for 2 days',
      means: { bucket: 'datasets', key: 'sales.csv', minutes: 2880 },
      does: 'seven days at most',
    },
  ],
  sentences: [
    {
      pattern:
        /^(?:(?:give|make|get|create|send|show|i need|generate|copy|erstelle|mach|gib)(?: me| mir)? )?(?:a |the |an |einen |den )?(?:(?:presigned|download|signed|shareable|temporary|public) )?(?:link|url)s? (?:to|for|of|auf|zu|für) (?<object>.+?)(?:,? (?:valid |that works |that is valid |gültig )?(?:for|für) (?<span>.+))?$/i,
      means: ({ object, span }, focus) => linked(objectIn(object, focus), span),
    },
    {
      pattern: /^(?:share|teile) (?<object>.+?)(?: with a link| per link)?(?: (?:for|für) (?<span>.+))?$/i,
      means: ({ object, span }, focus) => linked(objectIn(object, focus), span),
    },
  ],
});

interface Linked {
  readonly bucket: string;
  readonly key: string;
  readonly minutes?: number;
}

function linked(object: ReturnType<typeof objectIn>, span: string | undefined): Linked | undefined {
  if (object === undefined || span === undefined) return object;
  const minutes = minutesIn(span);
  return minutes === undefined ? undefined : { ...object, minutes };
}

const units: readonly (readonly [RegExp, number])[] = [
  [/^min/i, 1],
  [/^(?:h|hour|stunde)/i, 60],
  [/^(?:d|day|tag)/i, 1440],
  [/^(?:w|week|woche)/i, 10_080],
];

/** "2 days", "an hour", "30 Minuten" in minutes. */
function minutesIn(text: string): number | undefined {
  const [, number, unit = ''] = /^(\d{1,5}|an?|one|eine?n?) ?(\p{L}+)$/iu.exec(text.trim()) ?? [];
  const minutes = units.find(([pattern]) => pattern.test(unit))?.[1];
  if (number === undefined || minutes === undefined) return undefined;
  return (/^\d/.test(number) ? Number(number) : 1) * minutes;
}
