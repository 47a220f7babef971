import { isJsonObject, type Json } from '../domain/json.ts';
import { code, nameText, shorten } from './markdown.ts';
import { redact } from './redact.ts';
import { isHidden, secretMark } from './secretNames.ts';

/** A parameter's value without secrets, as inline code, at most 80 characters; "—" for none. */
export function value(name: string, json: Json | undefined): string {
  return json === undefined ? '—' : code(shownValue(name, json, 80));
}

/** A parameter's value without secrets, at most `length` characters; "—" for none. */
export function shownValue(name: string, json: Json | undefined, length: number): string {
  if (json === undefined) return '—';
  if (isHidden(name, json)) return secretMark;
  return shorten(redact(jsonText(json)), length);
}

/** A value as people write it: text as it is, anything else as JSON. It may be a secret. */
export function jsonText(json: Json): string {
  return typeof json === 'string' && json !== '' ? json : spaced(json);
}

/** JSON in one line with spaces, so that a narrow view can break it. */
function spaced(json: Json): string {
  if (Array.isArray(json)) return `[${json.map(spaced).join(', ')}]`;
  if (!isJsonObject(json)) return JSON.stringify(json);
  return `{${Object.entries(json)
    .map(([name, inner]) => `${JSON.stringify(name)}: ${spaced(inner)}`)
    .join(', ')}}`;
}

/** A figure for reading: at most four significant digits, whole numbers whole. */
export function figure(n: number | string | boolean): string {
  if (typeof n !== 'number') return String(n);
  if (Number.isInteger(n)) return String(n);
  const size = Math.abs(n);
  if (size < 0.001 || size >= 1e7) return n.toExponential(2);
  return String(Number(n.toPrecision(size < 1 ? 3 : 4)));
}

/** A figure in Markdown; anything but a number is text from outside. */
export function figureText(n: number | string | boolean): string {
  return typeof n === 'number' ? figure(n) : nameText(String(n));
}

/** Two figures and their difference as `figure` writes them, with more decimals only where the difference would not show. */
export function figures(
  now: number,
  before: number,
): { readonly now: string; readonly before: string; readonly change: string } {
  const difference = Math.abs(now - before);
  const plainly = { now: figure(now), before: figure(before), change: figure(difference) };
  const figuresShown = [plainly.now, plainly.before];
  if (difference === 0 || !Number.isFinite(difference) || figuresShown.some((text) => text.includes('e')))
    return plainly;
  const fewest = Math.max(...figuresShown.map(decimalsOf));
  const places = [...Array(mostDecimals + 1).keys()]
    .slice(fewest)
    .find((decimals) => difference >= 10 ** -decimals);
  if (places === undefined) return plainly;
  const show = (n: number) => String(Number(n.toFixed(places)));
  const shown = plainly.now === plainly.before ? { now: show(now), before: show(before) } : plainly;
  return { ...shown, change: places === 0 ? plainly.change : show(difference) };
}

const mostDecimals = 8;
const decimalsOf = (text: string) => text.split('.')[1]?.length ?? 0;
