import type { Focus } from '../../domain/focus.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Groups, Sentence } from '../../sentences/sentence.ts';
import { sentenceLike } from '../../sentences/template.ts';
import type { Tool } from '../../tools/tool.ts';
import { tidy } from './tidy.ts';

/** A sentence as a tool call. */
export interface Understood {
  readonly tool: string;
  readonly input: JsonObject;
}

/** One kind of sentence. `read` may decline by returning undefined; the next rule is tried then. */
export interface Rule {
  readonly pattern: RegExp;
  readonly read: (groups: Groups, focus: Focus) => Understood | 'help' | undefined;
}

/** Sentences that are about no tool in particular. */
const general: readonly Rule[] = [
  {
    pattern:
      /^(?:(?:show|list|give|see|get)(?: me)? )?(?:the )?(?:more|next|rest|others|next (?:ones|page|\d+)|more of (?:them|these|those))$/i,
    read: (_groups, focus) => nextPage(focus),
  },
  {
    pattern:
      /^(?:help(?: me)?|\?|(?:hello|hi|hey|hallo)(?: there)?|there|hilfe|what can (?:you|i) (?:do|say|ask).*|what do you do|was kannst du(?: tun| alles)?|how do(?:es)? (?:you|this) work|wie geht das)$/i,
    read: () => 'help',
  },
];

/**
 * The grammar of a table of tools, first match first: the sentences of each row, in the order of the table; sentences like
 * the examples of rows without any; then what takes nearly any words.
 */
export function grammarOf(tools: readonly Tool[]): readonly Rule[] {
  const written = tools.flatMap((tool) => tool.sentences.map((sentence) => ({ tool, sentence })));
  const likeExamples = tools
    .filter(({ sentences }) => sentences.length === 0)
    .flatMap((tool) =>
      tool.examples.map((one) => ({ tool, sentence: sentenceLike({ ...one, say: tidy(one.say) }) })),
    );
  const isOpen = ({ sentence }: { readonly sentence: Sentence }) => sentence.open === true;
  const ordered = [...written.filter((one) => !isOpen(one)), ...likeExamples, ...written.filter(isOpen)];
  return [...general, ...ordered.map(({ tool, sentence }) => ruleOf(tool, sentence))];
}

function ruleOf({ name }: Tool, { pattern, means }: Sentence): Rule {
  return {
    pattern,
    read: (groups, focus) => {
      const input = means(groups, focus);
      return input && { tool: name, input };
    },
  };
}

/** The call that the focus keeps for the next page: a tool's name and its input as JSON. */
function nextPage({ more }: Focus): Understood | undefined {
  const [, tool, input] = /^(mlops_\w+) (\{.*\})$/.exec(more ?? '') ?? [];
  return tool === undefined || input === undefined
    ? undefined
    : { tool, input: JSON.parse(input) as Understood['input'] };
}
