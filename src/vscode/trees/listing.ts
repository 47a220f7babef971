import { sentences } from '../../core/text/sentences.ts';
import { plain } from '../../core/text/markdown.ts';
import { type Failure, failureOf } from '../failure.ts';
import type { Branch } from './row.ts';

/** A list as far as it was read. */
export interface Listing<T> {
  readonly items: readonly T[];
  readonly next?: string | undefined;
  readonly cut?: string | undefined;
  readonly failure?: Failure;
}

/** The result of `read`, or its failure with the earlier items, so that a failed refresh loses nothing. */
export async function listed<T>(read: () => Promise<Listing<T>>, before?: Listing<T>): Promise<Listing<T>> {
  try {
    return await read();
  } catch (error) {
    return { items: before?.items ?? [], failure: failureOf(error) };
  }
}

/** Two pages as one list, without duplicates. */
export function joined<T>(first: Listing<T>, second: Listing<T>, id: (item: T) => string): Listing<T> {
  const known = new Set(first.items.map(id));
  return { ...second, items: [...first.items, ...second.items.filter((item) => !known.has(id(item)))] };
}

/** The rows of a list: its items, a failure, what was left out, and a row for the next page. */
export function listBranches<T>(
  parent: string,
  listing: Listing<T>,
  toBranch: (item: T) => Branch,
  { empty, more }: { readonly empty?: string; readonly more?: string } = {},
): readonly Branch[] {
  const branches = listing.items.map(toBranch);
  if (listing.failure !== undefined) branches.push(failureBranch(parent, listing.failure));
  else if (listing.cut !== undefined) branches.push(noteBranch(parent, listing.cut));
  else if (branches.length === 0 && empty !== undefined) branches.push(noteBranch(parent, empty));
  if (listing.next !== undefined) branches.push(moreBranch(parent, undefined, more));
  return branches;
}

/** The row that reads the next page below `parent`. */
export function moreBranch(parent: string, hidden?: number, label = 'Show more'): Branch {
  const description = hidden === undefined ? undefined : `${hidden} more`;
  return {
    row: {
      id: `more:${parent}`,
      label,
      ...(description === undefined ? {} : { description }),
      icon: { id: 'ellipsis' },
      spoken: [label, description].filter(Boolean).join(', '),
      context: 'more',
      expand: 'never',
      click: { command: 'mlops.showMore', title: label },
      target: { more: parent },
    },
  };
}

/** A row with only a message. */
export function noteBranch(parent: string, text: string): Branch {
  return {
    row: {
      id: `note:${parent}`,
      label: text,
      icon: { id: 'info' },
      spoken: text,
      context: 'note',
      expand: 'never',
    },
  };
}

/** The row in place of something that could not be read. */
export function failureBranch(parent: string, failure: Failure): Branch {
  const { message, hint } = failure;
  return {
    row: {
      id: `failure:${parent}`,
      label: message,
      ...(hint === undefined ? {} : { description: hint }),
      icon: { id: 'warning', color: 'list.warningForeground' },
      tooltip: [message, hint ?? ''].filter(Boolean).map(plain).join('\n\n'),
      spoken: sentences(message, hint),
      context: 'failure',
      expand: 'never',
    },
  };
}
