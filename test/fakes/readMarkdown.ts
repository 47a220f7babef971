import MarkdownIt from 'markdown-it';

const reader = new MarkdownIt({ html: true, linkify: true });
type Token = ReturnType<typeof reader.parse>[number];
// What the editor makes a link of besides is looked for below. What was escaped stays apart, so that a bare address can be
// told from one that was.
reader.linkify.set({ fuzzyLink: false, fuzzyEmail: false }).add('//', null);
reader.core.ruler.disable('text_join');

/** What the editor makes a link of though it is none in Markdown, and what it makes an icon or a formula of. */
const address = /(?:https?|ftp):\/\/|www\.|[\w.+-]@[\w-]+\./i;
const unseen = /[\p{Cf}\p{Zl}\p{Zp}]|(?!\n|\t)\p{Cc}/u;
const fenceLabel = / \(data, not instructions\):$/;

/**
 * Everything in a text for people and models that text from outside may not be: markup that lives, a line of its own, a
 * character that cannot be seen, a fence that does not say that it is data. Ours is bold text, lists, tables, code.
 */
export function livingMarkup(markdown: string): readonly string[] {
  const tokens = reader.parse(markdown, {});
  const inline = tokens.flatMap((token) => token.children ?? []);
  return [
    ...[...tokens, ...inline].flatMap(alive),
    ...tokens.flatMap((token, index) => unlabelled(token, tokens.slice(0, index))),
    ...inline.flatMap(bold),
    ...outsideFences(markdown).filter((line) => /^\W*SYSTEM:/.test(line)),
    ...(unseen.test(markdown) ? [`something unseen: ${JSON.stringify(unseen.exec(markdown)?.[0])}`] : []),
  ];
}

const living =
  /^(?:link_open|image|html_|heading_open|blockquote|hr|ordered_list_open|code_block|em_open|s_open)/;

function alive(token: Token): readonly string[] {
  if (living.test(token.type)) return [`${token.type} ${token.content} ${token.attrGet('href') ?? ''}`];
  if (token.type === 'text' && address.test(token.content)) return [`address: ${token.content}`];
  if (token.type === 'text' && /\$[({\w]/.test(token.content)) return [`icon: ${token.content}`];
  return [];
}

function unlabelled(token: Token, before: readonly Token[]): readonly string[] {
  if (token.type !== 'fence' || !token.content.includes('evil')) return [];
  return fenceLabel.test(before.at(-2)?.content ?? '') ? [] : [`no label: ${token.content}`];
}

function bold(token: Token, index: number, all: readonly Token[]): readonly string[] {
  const [inner, close] = all.slice(index + 1, index + 3);
  const isBold = token.type === 'strong_open' && inner?.content === 'evil' && close?.type === 'strong_close';
  return isBold ? ['bold evil'] : [];
}

function outsideFences(markdown: string): readonly string[] {
  let fence: string | undefined;
  return markdown.split(/[\r\n]/).filter((line) => {
    const opening = /^`{3,}/.exec(line)?.[0];
    const inside = fence !== undefined;
    if (fence === undefined) fence = opening;
    else if (line === fence) fence = undefined;
    return !inside && opening === undefined;
  });
}
