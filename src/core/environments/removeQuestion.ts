import { named, type Phrase, type Question, textParagraph } from '../domain/question.ts';
import type { EnvironmentSize, PythonEnvironment } from '../ports/environments.ts';
import { count } from '../text/markdown.ts';
import { size } from '../text/units.ts';

const namedRuns = 3;

/** The question before an environment is removed. Without a size it is still being counted. */
export function removeQuestion(
  environment: PythonEnvironment,
  measured: EnvironmentSize | undefined,
): Question {
  const { id, packages, purpose, state } = environment;
  const freed = measured === undefined ? '' : `It takes ${sizeText(measured)}. `;
  const question = { title: ['Remove the environment ', named(id), '?'], verb: 'Remove' };
  if (state === 'unfinished') {
    const text = `${freed}No build finished it. One that still goes on is not removed.`;
    return { ...question, paragraphs: [textParagraph(text)] };
  }
  const after =
    purpose === 'compiling'
      ? ['It compiles Python pipelines; the next one to compile asks to install it again.']
      : [
          ...usesPhrase(environment),
          ' The next run that needs it builds it again: about 30 s, over the network.',
        ];
  return {
    ...question,
    paragraphs: [
      ...(packages.length === 0 ? [] : [textParagraph('It holds ', { series: packages.map(named) }, '.')]),
      textParagraph(freed, ...after),
    ],
  };
}

/** "412 MB", or "at least 412 MB" when counting was broken off. */
export function sizeText({ bytes, complete }: EnvironmentSize): string {
  return complete ? size(bytes) : `at least ${size(bytes)}`;
}

function usesPhrase({ usedBy }: PythonEnvironment): Phrase {
  if (usedBy.count === 0) return ['No run that is still there used it.'];
  const shown = usedBy.runs.slice(0, namedRuns).map(named);
  return [
    `${count(usedBy.count, 'run')} used it (`,
    { series: shown },
    `${usedBy.count > namedRuns ? ', …' : ''}).`,
  ];
}
