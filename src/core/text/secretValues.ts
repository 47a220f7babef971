import { isJsonObject, type Json } from '../domain/json.ts';
import { plain } from './markdown.ts';
import { holdsSecret, namesSecret, secretMark } from './secretNames.ts';
import { hideShapes } from './secretShapes.ts';

/** Values by parameter name. */
export interface NamedValues {
  readonly [name: string]: Json;
}

const shortest = 6;
const longest = 10_000;
const mostValues = 200;

/**
 * The secret texts in parameter values: by their name, by a name within them, or by their form. Short
 * ones, plain numbers and words for yes or no do not count: they occur in any text.
 */
export function secretValues(parameters: NamedValues): readonly string[] {
  const secrets = new Set<string>();
  for (const [name, value] of Object.entries(parameters)) collect(name, value, false, secrets);
  return [...secrets].filter(isTelling).slice(0, mostValues);
}

/** A value in all notations: as it is, in an address, in JSON, in Python, in Markdown, in base64. */
export function writtenForms(value: string): readonly string[] {
  const wellFormed = value.toWellFormed();
  const inAddress = encodeURIComponent(wellFormed);
  const inJson = JSON.stringify(value).slice(1, -1);
  const forms = [
    value,
    inAddress,
    inAddress.replaceAll('%20', '+'),
    inAddress.replace(/[!'()*]/g, percent),
    inAddress.replace(/[!'()*]/g, percent).replaceAll('%2F', '/'),
    inJson,
    inJson.replace(
      /[\u0080-\uffff]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
    value.replaceAll('\\', '\\\\').replaceAll("'", "\\'"),
    plain(value),
    base64(new TextEncoder().encode(wellFormed)).replace(/=+$/, ''),
  ];
  return [...new Set(forms)];
}

const percent = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;

/** Values beside a secret in one object that are not secret. */
const plainNames =
  /^(hosts?|hostname|port|user|user_?name|login|database|db|schema|region|type|kind|name|driver|dialect|method|path|accept|content-type|user-agent|url|uri|endpoint|bucket|scope|version)$/i;

function collect(name: string, value: Json, inSecret: boolean, secrets: Set<string>): void {
  const secret = inSecret || namesSecret(name) || (Array.isArray(value) && holdsSecret(name, value));
  if (Array.isArray(value)) for (const element of value) collect(name, element, secret, secrets);
  else if (isJsonObject(value)) collectObject(value, secret, secrets);
  else if (typeof value === 'string') collectText(value, secret && !isWord(name, value), secrets);
}

/** `key = accuracy`, `auth = kerberos`: hidden where it is named, but too common a word to hide elsewhere. */
function isWord(name: string, value: string): boolean {
  return /^([a-z]+[_ -])*(keys?|auth|headers|cookies?|pat|sas)\d*$/i.test(name) && !strongKey.test(name)
    ? /^[A-Za-z]{1,20}([_ -][A-Za-z]{1,20}){0,4}$/.test(value)
    : false;
}

const strongKey =
  /(api|app|access|account|secret|private|master|encryption|signing|ssh|license|storage)[_ -]?keys?\d*$/i;

function collectObject(value: NamedValues, secret: boolean, secrets: Set<string>): void {
  for (const [name, inner] of Object.entries(value))
    collect(name, inner, secret && !plainNames.test(name), secrets);
}

function collectText(text: string, secret: boolean, secrets: Set<string>): void {
  const parsed = parsedObject(text);
  if (parsed !== undefined) return collect('', parsed, secret, secrets);
  if (secret) {
    secrets.add(text.trim());
    for (const line of text.split('\n')) if (line.trim().length >= 12) secrets.add(line.trim());
  }
  hideShapes(text.slice(0, longest), (part) => {
    secrets.add(part.trim());
    return secretMark;
  });
}

function parsedObject(text: string): Json | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function isTelling(value: string): boolean {
  if (value.length < shortest || value.length > longest || value.includes(secretMark)) return false;
  if (/^[-+]?[\d.,]+(e[-+]?\d+)?$/i.test(value) || /^-----(BEGIN|END) [A-Z ]+-----$/.test(value))
    return false;
  return !/^(default|enabled|disabled|required|optional|unknown|missing|https?:\/\/[^\s@?]*)$/i.test(value);
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(index, index + 3);
    const bits = (a << 16) | (b << 8) | c;
    const four = [18, 12, 6, 0].map((shift) => letters.charAt((bits >> shift) & 63)).join('');
    text += four.slice(0, Math.min(3, bytes.length - index) + 1);
  }
  return text;
}
