import type { Focus } from '../../domain/focus.ts';
import { code, shorten } from '../../text/markdown.ts';
import { someNames } from '../../text/someNames.ts';
import type { Tool } from '../../tools/tool.ts';
import type { Known } from './known.ts';
import { hindrance, nearestThings } from './nearestThings.ts';

/** What MLOps Basics says about itself: what it can be told, one example for each kind of sentence. */
export function basicsHelp(tools: readonly Tool[]): string {
  const told = tools.flatMap(({ examples }) => examples);
  const lines = [...told, { say: 'more', does: 'the next page of the list above' }].flatMap(({ say, does }) =>
    does === undefined ? [] : [`- ${code(say)}: ${does}`],
  );
  return `I am **MLOps Basics**: no AI, but rules for plain sentences, in English or German. You can say:\n\n${lines.join('\n')}\n\nFor free conversation pick a language model in the chat's model list.`;
}

/** The answer to a sentence that is not understood: what hinders it, and the nearest things that can be said. */
export function notUnderstood(
  sentence: string,
  focus: Focus,
  known: Known | undefined,
  tools: readonly Tool[],
): string {
  const what = `I did not understand ${code(shorten(sentence, 120))}.`;
  if (known === undefined) return `${what} ${basicsHelp(tools)}`;
  const near = nearestThings(sentence, focus, known, tools).map((say) => `- ${code(say)}`);
  return [
    [what, hindranceText(sentence, known)].filter(Boolean).join(' '),
    `The nearest things that you can say:\n\n${near.join('\n')}`,
    `${code('help')} shows all of them. For free conversation pick a language model in the chat's model list.`,
  ].join('\n\n');
}

function hindranceText(sentence: string, known: Known): string {
  const found = hindrance(sentence, known);
  switch (found?.kind) {
    case 'noRun':
      return `There is no run ${code(found.name)}.`;
    case 'noPipeline':
      return `There is no pipeline ${code(found.name)}.`;
    case 'near':
      return `To run something, write its name as it is: did you mean ${code(found.name)}?`;
    case 'values':
      return found.takes.length === 0
        ? `${code(found.name)} takes no parameters.`
        : `${code(found.name)} takes ${someNames(found.takes.map(code), 8)}.`;
    case undefined:
      return '';
  }
}
