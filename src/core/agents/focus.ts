import { type Focus, type FocusList, type FocusParameters, listedKinds } from '../domain/focus.ts';
import { own } from '../domain/own.ts';
import { quoted, quotedJson } from '../text/literal.ts';
import { redact } from '../text/redact.ts';

/** Longer names are not kept: nobody refers to them. */
export const longest = 500;
export const longestMore = 4000;
/** Most names of a list that are kept, and most lists. */
export const mostListed = 20;
export const mostLists = 2;

const names = [
  'connection',
  'pipeline',
  'run',
  'against',
  'task',
  'schedule',
  'bucket',
  'object',
  'function',
  'more',
] as const;
const title = 'In focus (what "it" may mean):';

/** The focus as a block of a prompt, each value in quotes, so that it is nothing but a value; empty when there is none. */
export function focusBlock(focus: Focus): string {
  const lines = names.flatMap((what) => {
    const value = focus[what];
    const line = value === undefined ? [] : [`${what}: ${quoted(redact(value))}`];
    return what === 'run' ? [...line, ...parametersLine(focus.parameters)] : line;
  });
  const all = [...lines, ...(focus.lists ?? []).map(listLine)];
  return all.length === 0 ? '' : [title, ...all].join('\n');
}

function parametersLine(parameters: FocusParameters | undefined): readonly string[] {
  if (parameters === undefined) return [];
  const { values, left } = parameters;
  return [`its parameters: ${quotedJson(values)}${left === 0 ? '' : `, ${left} more`}`];
}

/** "runs listed: ["iris-3",null,"iris-1"]", where null was deleted since; "first runs listed" where there were more. */
function listLine({ kind, connection, names: listed, more = false }: FocusList): string {
  const on = connection === undefined ? '' : ` on ${quoted(redact(connection))}`;
  const shown = listed.map((name) => (name === null ? null : redact(name)));
  return `${more ? 'first ' : ''}${kind}s listed${on}: ${quotedJson(shown)}`;
}

/** Reads a focus block back, but for the parameters; undefined when the text is something else. */
export function readFocusBlock(text: string): Focus | undefined {
  if (!text.startsWith(title)) return undefined;
  const lines = text.split('\n').slice(1);
  const entries = lines
    .map((line) => [line.slice(0, line.indexOf(':')), readJson(line.slice(line.indexOf(':') + 2))] as const)
    .filter(([name, value]) => typeof value === 'string' && names.some((known) => known === name));
  const lists = lines.flatMap((line) => readList(line) ?? []);
  return { ...Object.fromEntries(entries), ...(lists.length === 0 ? {} : { lists }) };
}

const listPattern =
  /^(?<first>first )?(?<kind>[a-z]+)s listed(?: on (?<on>"(?:[^"\\]|\\.)*"))?: (?<names>\[.*\])$/;

function readList(line: string): FocusList | undefined {
  const groups = listPattern.exec(line)?.groups ?? {};
  const kind = listedKinds.find((known) => known === own(groups, 'kind'));
  const listed = readJson(own(groups, 'names') ?? '');
  const connection = readJson(own(groups, 'on') ?? '');
  if (kind === undefined || !isNames(listed)) return undefined;
  return {
    kind,
    ...(typeof connection === 'string' ? { connection } : {}),
    names: listed,
    ...(own(groups, 'first') === undefined ? {} : { more: true }),
  };
}

function isNames(json: unknown): json is FocusList['names'] {
  return Array.isArray(json) && json.every((name) => name === null || typeof name === 'string');
}

function readJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
