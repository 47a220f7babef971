import { isJsonObject, type Json } from '../domain/json.ts';

/** Where and how long: no values of what is done. */
const about = new Set(['connection', 'wait', 'cache']);

/**
 * True when a sentence has all texts and figures of a call's input as words of its own, whatever the case: then the person
 * named them, and no text that a model read.
 */
export function namesAll(sentence: string, input: Json): boolean {
  const words = sentence.toLowerCase();
  return valuesOf(input).every((value) => hasWord(words, value.toLowerCase()));
}

function valuesOf(input: Json): readonly string[] {
  if (Array.isArray(input)) return input.flatMap(valuesOf);
  if (isJsonObject(input))
    return Object.entries(input).flatMap(([name, value]) => (about.has(name) ? [] : valuesOf(value)));
  return [typeof input === 'string' ? input : JSON.stringify(input)];
}

/** True when the word stands in the text and is no part of a longer one. */
function hasWord(text: string, word: string): boolean {
  if (word === '') return true;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const [before, after] = [text.slice(0, at), text.slice(at + word.length)];
    if (!/[\p{L}\p{N}]$/u.test(before) && !/^(?:[\p{L}\p{N}]|[.,-]\p{N})/u.test(after)) return true;
  }
  return false;
}
