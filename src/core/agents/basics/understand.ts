import { own } from '../../domain/own.ts';
import type { Focus } from '../../domain/focus.ts';
import { tools as allTools } from '../../tools/table.ts';
import type { Tool } from '../../tools/tool.ts';
import { grammarOf, type Understood } from './grammar.ts';
import { tidy } from './tidy.ts';

/**
 * Turns a plain sentence into a tool call, or `help`; undefined when the grammar does not have it. `places` are the names of
 * the connections where there are several: a sentence may end in one ("list runs on Team home").
 */
export function understand(
  sentence: string,
  focus: Focus,
  places: readonly string[] = [],
  tools: readonly Tool[] = allTools,
): Understood | 'help' | undefined {
  const { text, place } = placeIn(tidy(sentence), places);
  const understood = understandPlain(text, focus, tools);
  if (typeof understood !== 'object') return understood;
  const connection = place ?? (isAboutFocus(understood, focus) ? focus.connection : undefined);
  return connection === undefined
    ? understood
    : { ...understood, input: { ...understood.input, connection } };
}

/** A sentence without the place at its end. */
function placeIn(
  text: string,
  places: readonly string[],
): { readonly text: string; readonly place?: string } {
  const lower = text.toLowerCase();
  for (const place of places.toSorted((a, b) => b.length - a.length))
    for (const word of ['on', 'in', 'at', 'from']) {
      const end = ` ${word} ${place.toLowerCase()}`;
      if (lower.endsWith(end)) return { text: text.slice(0, -end.length).trim(), place };
    }
  return { text };
}

/** True when what a call names was taken from the focus: it is where the focus is. */
function isAboutFocus({ input }: Understood, focus: Focus): boolean {
  const known = [focus.run, focus.against, focus.pipeline].filter((one) => one !== undefined);
  const named = [own(input, 'run'), own(input, 'again'), own(input, 'pipeline')];
  if (typeof input['bucket'] === 'string' && focus.bucket !== undefined)
    return focus.bucket.startsWith(`${input['bucket']}/`);
  return named.some((one) => known.some((name) => name === one));
}

function understandPlain(
  plain: string,
  focus: Focus,
  tools: readonly Tool[],
): Understood | 'help' | undefined {
  for (const { pattern, read } of grammarOf(tools)) {
    const match = pattern.exec(plain);
    if (match === null) continue;
    const understood = read(match.groups ?? {}, focus);
    if (understood !== undefined) return understood;
  }
  return undefined;
}
