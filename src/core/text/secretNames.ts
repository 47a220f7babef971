import { type Json, isJsonObject } from '../domain/json.ts';

/** What stands in the place of a secret, for people and models alike. */
export const secretMark = '••••';

const secretWords = /^(pass(word|wd|phrase|code)?s?|pwd|secrets?|token|(api)?keys?|credentials?|auth)\d*$/;

/** A key of these kinds is how things are found or sorted: `sort_key`, `s3_key`, `key_column`, `n_keys`. */
const plainKeys =
  /\b(sort|order|group|join|merge|primary|foreign|partition|shard|row|index|lookup|natural|public|object|s3|cache|n|num|max|min) keys?\b|\bkeys? (columns?|fields?|names?|prefix|count|size|length)\b/g;

/** True when a name says that its value is nobody else's business: `api_key`, `dbPassword`, `TOKEN`. */
export function namesSecret(name: string): boolean {
  const words = wordsOf(name).join(' ').replace(plainKeys, '');
  return words.split(' ').some((word) => secretWords.test(word));
}

/**
 * True for a parameter whose name, or a name within whose value, says that it is a secret. `max_tokens = 512` is none,
 * and neither is a yes or a no.
 */
export function holdsSecret(name: string, value: Json | undefined): boolean {
  if (typeof value === 'boolean') return false;
  if (namesSecret(name)) return true;
  return (typeof value !== 'number' && wordsOf(name).includes('tokens')) || within(value);
}

/** True where a value is shown as the mark: a secret that is there, and not the empty text. */
export function isHidden(name: string, value: Json | undefined): boolean {
  return value !== undefined && value !== '' && holdsSecret(name, value);
}

/** True when a value, or one within it, is the mark: somebody took what they read for the secret itself. */
export function holdsMark(value: Json): boolean {
  if (typeof value === 'string') return value.trim() === secretMark;
  if (Array.isArray(value)) return value.some(holdsMark);
  return isJsonObject(value) && Object.values(value).some(holdsMark);
}

function within(value: Json | undefined): boolean {
  if (typeof value === 'string') return namesWithin(value).some(namesSecret);
  if (Array.isArray(value)) return value.some(within);
  return isJsonObject(value) && Object.entries(value).some(([name, inner]) => holdsSecret(name, inner));
}

/** The names in an object that is written as text. It may be broken, so it is not parsed. */
function namesWithin(text: string): readonly string[] {
  if (!/^\s*[[{]/.test(text)) return [];
  return [...text.matchAll(/["']([^"']{1,100})["']\s*:/g)].map(([, name = '']) => name);
}

/** "dbPassword", "db_password" and "DB-PASSWORD" are the same two words. */
function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/);
}
