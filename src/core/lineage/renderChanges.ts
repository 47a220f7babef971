import type { Json } from '../domain/json.ts';
import type { Run } from '../domain/run.ts';
import { comparisonOf } from '../runs/comparison.ts';
import { code, count, nameText, untrusted } from '../text/markdown.ts';
import { size } from '../text/units.ts';
import { figureText, value } from '../text/values.ts';
import type { ComparedObject, ContentChange } from './compareObjects.ts';
import type { ObjectOrigin } from './traceObject.ts';

/** Two objects held against each other. */
export interface ObjectChanges {
  readonly before: ComparedObject;
  readonly after: ComparedObject;
  readonly content: ContentChange;
  readonly sameCode: boolean | undefined;
}

/** What changed between two objects: their contents, and the parameters, inputs, code and metrics of what made them. */
export function renderChanges({ before, after, content, sameCode }: ObjectChanges): string {
  const [old, now] = [before, after].map(({ stat }) => code([stat.bucket, stat.key].join('/')));
  const sizes =
    before.stat.size === after.stat.size
      ? `both ${size(after.stat.size)}`
      : `${size(before.stat.size)} → ${size(after.stat.size)}`;
  return [`**${old} → ${now}**: ${sizes}`, contentText(content), makersText(before, after, sameCode)].join(
    '\n\n',
  );
}

const mostChanges = 80;

function contentText(content: ContentChange): string {
  if (content.kind === 'same') return 'Their contents are the same.';
  if (content.kind === 'other') {
    if (content.differs === undefined)
      return 'Whether their contents differ was not looked at: they are large, or no texts.';
    return content.differs
      ? 'Their contents differ; they are large, or no texts, so it is not shown how.'
      : 'Their contents are the same.';
  }
  const { changes } = content;
  if (changes === undefined) return 'Their lines differ in more places than can be shown.';
  if (changes.length === 0) return 'They differ in the ends of their lines alone.';
  const shown = changes.slice(0, mostChanges).map(({ sign, text }) => `${sign} ${text}`);
  const left = changes.length - mostChanges;
  const rest = left > 0 ? `\n\n${count(left, 'more line')} ${left === 1 ? 'differs' : 'differ'}.` : '';
  return `${untrusted(`${count(changes.length, 'line')} that only one has`, shown.join('\n'), 'diff')}${rest}`;
}

function makersText(before: ComparedObject, after: ComparedObject, sameCode: boolean | undefined): string {
  const [old, now] = [before.origin?.maker, after.origin?.maker];
  if (old !== undefined && now !== undefined) return bothMakers(old, now, sameCode);
  const known = old ?? now;
  return known === undefined
    ? 'No run that was looked at has either of them in its record.'
    : `Only what made one of them is known: ${code(known.run.label)}.`;
}

type Maker = NonNullable<ObjectOrigin['maker']>;

function bothMakers(old: Maker, now: Maker, sameCode: boolean | undefined): string {
  if (old.run.id === now.run.id && old.task?.path === now.task?.path)
    return `Both were made by ${code(now.task?.path ?? 'one task')} of ${code(now.run.label)}.`;
  const inputs = [old, now].map(({ task }) => task?.inputs ?? {});
  return [
    `Made by ${code(old.run.label)} and ${code(now.run.label)}:`,
    ...differences('Parameters', [old.run.parameters, now.run.parameters]),
    ...differences('Inputs of the task', inputs),
    ...(sameCode === undefined ? [] : [`- The code of the task ${sameCode ? 'is the same' : 'changed'}.`]),
    ...metrics(old.run, now.run),
  ].join('\n');
}

type Values = { readonly [name: string]: Json };

function differences(title: string, values: readonly Values[]): readonly string[] {
  const runs = values.map((parameters) => ({ parameters, metrics: [] }));
  const { parameters } = comparisonOf(runs);
  const lines = parameters
    .filter(({ differs }) => differs)
    .map(({ name, values: [was, is] }) => `${code(name)} ${value(name, was)} → ${value(name, is)}`);
  if (parameters.length === 0) return [];
  return [`- ${title}: ${lines.length === 0 ? 'the same' : lines.join(', ')}`];
}

const mostMetrics = 20;

function metrics(before: Run, after: Run): readonly string[] {
  const all = comparisonOf([before, after]).metrics;
  if (all.length === 0) return [];
  const shown = all.slice(0, mostMetrics).map(({ name, values: [was, is] }) => {
    const figures = [was, is].map((figure) => (figure === undefined ? '—' : figureText(figure)));
    return `${nameText(name)} ${figures.join(' → ')}`;
  });
  return [`- Metrics: ${shown.join(', ')}`];
}
