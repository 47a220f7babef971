/**
 * Splits the small part of shell that a component's prelude uses into commands and their words: quotes, backslashes,
 * line continuations, and `&&`, `||`, `;`, newlines between commands. Expansions stay as they are written.
 */
export function shellCommands(script: string): readonly (readonly string[])[] {
  const commands: string[][] = [];
  let words: string[] = [];
  let word: string | undefined;
  let index = 0;
  const endWord = () => {
    if (word !== undefined) words.push(word);
    word = undefined;
  };
  const endCommand = () => {
    endWord();
    if (words.length > 0) commands.push(words);
    words = [];
  };
  while (index < script.length) {
    const next = readPiece(script, index);
    index = next.end;
    if (next.kind === 'text') word = (word ?? '') + next.text;
    else if (next.kind === 'space') endWord();
    else endCommand();
  }
  endCommand();
  return commands;
}

type Piece = { readonly kind: 'text' | 'space' | 'separator'; readonly text: string; readonly end: number };

function readPiece(script: string, index: number): Piece {
  const char = script.charAt(index);
  if (char === '\\') return backslash(script, index);
  if (char === "'") return singleQuoted(script, index);
  if (char === '"') return doubleQuoted(script, index);
  if (char === ' ' || char === '\t' || char === '\r') return { kind: 'space', text: '', end: index + 1 };
  if ('\n;&|'.includes(char)) return { kind: 'separator', text: '', end: index + 1 };
  return { kind: 'text', text: char, end: index + 1 };
}

function backslash(script: string, index: number): Piece {
  const next = script.charAt(index + 1);
  if (next === '\n') return { kind: 'space', text: '', end: index + 2 };
  return { kind: 'text', text: next, end: index + 2 };
}

function singleQuoted(script: string, index: number): Piece {
  const close = script.indexOf("'", index + 1);
  const end = close < 0 ? script.length : close;
  return { kind: 'text', text: script.slice(index + 1, end), end: end + 1 };
}

function doubleQuoted(script: string, start: number): Piece {
  let text = '';
  let index = start + 1;
  while (index < script.length && script.charAt(index) !== '"') {
    const next = script.charAt(index + 1);
    if (script.charAt(index) === '\\' && '"\\$`\n'.includes(next)) {
      text += next === '\n' ? '' : next;
      index += 2;
    } else {
      text += script.charAt(index);
      index += 1;
    }
  }
  return { kind: 'text', text, end: index + 1 };
}
