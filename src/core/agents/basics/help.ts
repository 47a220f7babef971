import { code, shorten } from '../../text/markdown.ts';
import type { Tool } from '../../tools/tool.ts';

/** What MLOps Basics says about itself: what it can be told, one example for each kind of sentence. */
export function basicsHelp(tools: readonly Tool[]): string {
  const told = tools.flatMap(({ examples }) => examples);
  const lines = [...told, { say: 'more', does: 'the next page of the list above' }].flatMap(({ say, does }) =>
    does === undefined ? [] : [`- ${code(say)}: ${does}`],
  );
  return `I am **MLOps Basics**: no AI, but a small grammar for plain sentences. You can say:\n\n${lines.join('\n')}\n\nFor free conversation pick a language model in the chat's model list.`;
}

/** The answer to a sentence that the grammar does not have. */
export function notUnderstood(sentence: string, tools: readonly Tool[]): string {
  return `I did not understand ${code(shorten(sentence, 120))}. ${basicsHelp(tools)}`;
}
