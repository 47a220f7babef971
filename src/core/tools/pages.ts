import type { Json, JsonObject } from '../domain/json.ts';
import type { Page } from '../domain/page.ts';
import { code } from '../text/markdown.ts';

/** How many there are when a page does not show them all, and how people and models get the next ones. */
export function moreText({ items, next, total }: Page<unknown>): string {
  if (next === undefined) return '';
  const shown = total === undefined ? 'There are more' : `${items.length} of ${total} are shown`;
  return `${shown}; say "more" for the next (page ${code(next)}).`;
}

/** The input that shows the page after this one, if there is one. */
export function inputOfNext(
  input: { readonly [name: string]: Json | undefined },
  { next }: Page<unknown>,
): JsonObject | undefined {
  if (next === undefined) return undefined;
  const given = Object.entries(input).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  return { ...(Object.fromEntries(given) as JsonObject), page: next };
}
