import { nameText, phrase, prose } from '../text/markdown.ts';
import { ended } from '../text/sentences.ts';
import type { CheckedStep, CheckUp } from './doctor.ts';

/** A check-up as Markdown: the first thing that is wrong and what to do, then every step. */
export function checkUpText(checked: CheckUp): string {
  const lines = checked.steps.filter(({ finding }) => finding !== undefined).map(stepLine);
  const left = checked.steps.filter(({ finding }) => finding === undefined).map(({ what }) => what);
  const rest = left.length === 0 ? [] : [`- not checked: ${left.map(prose).join(', ')}`];
  return [verdict(checked), [...lines, ...rest].join('\n')].filter(Boolean).join('\n\n');
}

function verdict({ info, wrong, steps }: CheckUp): string {
  if (steps.length === 0) return `Nothing of ${nameText(info.name)} can be checked.`;
  if (wrong === undefined) return `**${nameText(info.name)} works.**`;
  const { words, fix } = wrong.finding;
  const next = fix === undefined ? '' : ` ${phrase(fix, 500)}`;
  return `**Something is wrong with the ${prose(wrong.what)}:** ${ended(phrase(words, 500))}${next}`;
}

function stepLine({ what, finding }: CheckedStep): string {
  if (finding === undefined) return '';
  const state = { good: '', wrong: '**wrong.** ', unknown: 'not known. ' }[finding.state];
  return `- ${prose(what)}: ${state}${phrase(finding.words, 300)}`;
}

/** The steps for a place that shows plain text, beside the first that is wrong. */
export function checkUpLines({ steps }: CheckUp): readonly string[] {
  const found = steps.flatMap(({ what, finding }) => {
    if (finding === undefined) return [];
    return finding.state === 'wrong' ? `${what}: wrong` : `${what}: ${finding.words}`;
  });
  const left = steps.filter(({ finding }) => finding === undefined).map(({ what }) => what);
  return [...found, ...(left.length === 0 ? [] : [`not checked: ${left.join(', ')}`])];
}
