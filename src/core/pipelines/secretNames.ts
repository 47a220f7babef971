import { type Json, isJsonObject } from '../domain/json.ts';
import { plainValue } from '../text/values.ts';

const secretWords = /^(pass(word|wd|phrase|code)?s?|pwd|secrets?|token|(api)?keys?|credentials?|auth)$/;

/** True when a name says that its value is nobody else's business: `api_key`, `dbPassword`, `TOKEN`. */
export function namesSecret(name: string): boolean {
  return wordsOf(name).some((word) => secretWords.test(word));
}

/** True for a parameter whose name, or a name within whose value, says that it is a secret. `max_tokens = 512` is none. */
export function holdsSecret(name: string, value: Json | undefined): boolean {
  if (namesSecret(name)) return true;
  const counted = typeof value === 'number' || typeof value === 'boolean';
  return (!counted && wordsOf(name).includes('tokens')) || within(value);
}

/** A parameter's value as others may see it, at most `length` characters: a secret is dots. */
export function shownValue(name: string, value: Json | undefined, length: number): string {
  const secret = value !== undefined && value !== '' && holdsSecret(name, value);
  return secret ? '••••' : plainValue(value, length);
}

function within(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.some(within);
  return isJsonObject(value) && Object.entries(value).some(([name, inner]) => holdsSecret(name, inner));
}

/** "dbPassword", "db_password" and "DB-PASSWORD" are the same two words. */
function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
}
