import { folded } from './known.ts';

/** A word of a sentence. */
export interface Word {
  /** As it was written, without the quotes and the punctuation around it. */
  readonly raw: string;
  /** In small letters. */
  readonly text: string;
  readonly quoted: boolean;
}

/** A sentence's words: what is quoted is one, and `name=value` and `name:value` are three. */
export function readWords(sentence: string): readonly Word[] {
  const found = sentence.match(/"[^"]*"|`[^`]*`|(?<!\S)'[^']*'(?!\S)|[^\s"`]+/g) ?? [];
  return found.flatMap((part) => {
    if (/^["`'].*["`']$/s.test(part) && part.length > 1)
      return [{ raw: part.slice(1, -1), text: folded(part.slice(1, -1)), quoted: true }];
    const bare = part.replace(/^[(,;:]+|[,;:!?)]+$|(?<=[^.])\.+$/g, '');
    const [, name, value] = /^([\p{L}_][\p{L}\p{N}_.-]*):([^/\s]+)$/u.exec(bare) ?? [];
    return (name === undefined || value === undefined ? bare.split(/(=)/) : [name, '=', value]).flatMap(
      wordOf,
    );
  });
}

function wordOf(raw: string): readonly Word[] {
  // "What's" is "what is", "iris-12's" is "of iris-12".
  const parts = /^([\p{L}\p{N}_.-]+)['’](s|re|ve|m|d|ll)$/iu.exec(raw);
  const bare = parts === null ? raw : (parts[1] ?? raw);
  return bare === '' ? [] : [{ raw: bare, text: folded(bare), quoted: false }];
}
