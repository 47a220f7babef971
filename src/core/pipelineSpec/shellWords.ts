/**
 * Splits the small part of shell that a component's prelude uses into commands and their words: quotes, backslashes,
 * line continuations, and `&&`, `||`, `;`, newlines between commands. Expansions stay as they are written.
 */
export function shellCommands(script: string): readonly (readonly string[])[] {
  const commands: string[][] = [];
  let words: string[] = [];
  let word: string | undefined;
  let at = 0;
  const endWord = () => {
    if (word !== undefined) words.push(word);
    word = undefined;
  };
  const endCommand = () => {
    endWord();
    if (words.length > 0) commands.push(words);
    words = [];
  };
  while (at < script.length) {
    const next = readPiece(script, at);
    at = next.end;
    if (next.kind === 'text') word = (word ?? '') + next.text;
    else if (next.kind === 'space') endWord();
    else endCommand();
  }
  endCommand();
  return commands;
}

type Piece = { readonly kind: 'text' | 'space' | 'separator'; readonly text: string; readonly end: number };

function readPiece(script: string, at: number): Piece {
  const char = script.charAt(at);
  if (char === '\\') return backslash(script, at);
  if (char === "'") return singleQuoted(script, at);
  if (char === '"') return doubleQuoted(script, at);
  if (char === ' ' || char === '\t' || char === '\r') return { kind: 'space', text: '', end: at + 1 };
  if ('\n;&|'.includes(char)) return { kind: 'separator', text: '', end: at + 1 };
  return { kind: 'text', text: char, end: at + 1 };
}

function backslash(script: string, at: number): Piece {
  const next = script.charAt(at + 1);
  if (next === '\n') return { kind: 'space', text: '', end: at + 2 };
  return { kind: 'text', text: next, end: at + 2 };
}

function singleQuoted(script: string, at: number): Piece {
  const close = script.indexOf("'", at + 1);
  const end = close < 0 ? script.length : close;
  return { kind: 'text', text: script.slice(at + 1, end), end: end + 1 };
}

function doubleQuoted(script: string, at: number): Piece {
  let text = '';
  let index = at + 1;
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
