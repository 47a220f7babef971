import { code, shorten } from '../../text/markdown.ts';

/** What people can say, one example for each kind of sentence. */
export const examples: readonly (readonly [sentence: string, does: string])[] = [
  ['list pipelines', 'what can be run here'],
  ['describe iris', 'its parameters and tasks'],
  ['run iris with max_depth 3', 'asks first, then runs and tells how it did'],
  ['run iris without cache', 'every task anew'],
  ['list runs', 'newest first; also "list failed runs of iris"'],
  ['more', 'the next page of the list above'],
  ['how did iris-12 do', 'tasks, metrics, artifacts; "12" and "it" work too'],
  ['why did 12 fail', 'the task, the error and the line'],
  ['show the log of train in 12', 'also "search loss in the log of train in 12"'],
  ['compare 12 with 11', 'parameters, metrics, time'],
  ['wait for 12', 'until it ends'],
  ['stop 12', 'asks first'],
  ['delete 12', 'asks twice; its artifacts stay'],
  ['list buckets', 'then "list objects in artifacts/iris/"'],
  ['read artifacts/iris/iris-12/…', 'the text of an object'],
];

const list = examples.map(([sentence, does]) => `- ${code(sentence)}: ${does}`).join('\n');

/** What MLOps Basics says about itself. */
export const basicsHelpText = `I am **MLOps Basics**: no AI, but a small grammar for plain sentences. You can say:\n\n${list}\n\nFor free conversation pick a language model in the chat's model list.`;

/** The answer to a sentence that the grammar does not have. */
export function notUnderstood(sentence: string): string {
  return `I did not understand ${code(shorten(sentence, 120))}. ${basicsHelpText}`;
}
