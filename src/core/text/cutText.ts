import { count } from './markdown.ts';
import { size } from './units.ts';

/** How a text is cut that a model has no room for. */
export interface Cut {
  /** The end of a log says most, of other texts the beginning. */
  readonly keeps: 'beginning' | 'end';
  /** How to get the rest, as a sentence. */
  readonly rest: string;
}

/** What holds for texts that say nothing of how they are cut. */
export const plainCut: Cut = { keeps: 'beginning', rest: 'Ask for less, a page or a part.' };

/** How much there is room for, and how much of it a text takes. */
export interface Room {
  readonly most: number;
  readonly sizeOf: (text: string) => number;
}

/**
 * As many whole lines of a Markdown text as there is room for: a fence that was cut is closed, a heading such as "bytes 0 to
 * 60000" says what is there, and a line at the end says what of how much that is and how to get the rest. Where nothing fits,
 * that line is all of it.
 */
export function cutText(text: string, room: Room, cut: Cut = plainCut): string {
  if (room.sizeOf(text) <= room.most) return text;
  const block = oneBlock(text);
  const inParts = block === undefined ? linesOf(text, cut) : linesOfBlock(block, cut);
  const fitting = mostThatFits(inParts, room);
  if (fitting !== undefined) return fitting;
  const inLine = block === undefined ? undefined : charactersOfBlock(block, cut);
  return (inLine && mostThatFits(inLine, room, fewestCharacters)) ?? nothing(text, cut);
}

/** Fewer characters of a line say nothing. */
const fewestCharacters = 100;

const nothing = (text: string, { rest }: Cut) =>
  `(Nothing of this, ${size(bytesOf(text))}, was delivered: there was no room for it. ${rest})`;

/** A text in parts, of which any number from 1 can be had. */
interface Parts {
  readonly all: number;
  readonly some: (n: number) => string;
}

function mostThatFits({ all, some }: Parts, { most, sizeOf }: Room, fewest = 1): string | undefined {
  let [fits, tooMany] = [0, all];
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (sizeOf(some(middle)) <= most) fits = middle;
    else tooMany = middle;
  }
  return fits < fewest ? undefined : some(fits);
}

function linesOf(text: string, { rest }: Cut): Parts {
  const lines = text.split('\n');
  return {
    all: lines.length,
    some: (n) => {
      const kept = lines.slice(0, n).join('\n');
      const fence = openFence(kept);
      const closed = fence === undefined ? kept : `${kept}\n${fence}`;
      return `${closed}\n\n${note(`the first ${n} of ${count(lines.length, 'line')}`, kept, text, rest)}`;
    },
  };
}

/** The fence that a text leaves open. */
function openFence(text: string): string | undefined {
  let open: string | undefined;
  for (const line of text.split('\n')) {
    const fence = /^`{3,}/.exec(line)?.[0];
    if (open === undefined) open = fence;
    else if (line === open) open = undefined;
  }
  return open;
}

/** A text that is a heading and one fenced block. */
interface Block {
  readonly heading: string;
  readonly opening: string;
  readonly body: string;
  readonly fence: string;
}

function oneBlock(text: string): Block | undefined {
  const [, heading = '', opening = '', fence = '', rest = ''] =
    /^((?:(?!`{3}).*\n)*)((`{3,}).*)\n([^]*)$/.exec(text) ?? [];
  const end = `\n${fence}`;
  if (fence === '' || !rest.endsWith(end)) return undefined;
  const body = rest.slice(0, -end.length);
  return body.split('\n').includes(fence) ? undefined : { heading, opening, body, fence };
}

function linesOfBlock(block: Block, { keeps, rest }: Cut): Parts {
  const lines = block.body.split('\n');
  return {
    all: lines.length,
    some: (n) => {
      const kept = (keeps === 'end' ? lines.slice(-n) : lines.slice(0, n)).join('\n');
      const what = `the ${keeps === 'end' ? 'last' : 'first'} ${n} of ${count(lines.length, 'line')}`;
      return withBody(block, { kept, read: keeps === 'end' ? kept : `${kept}\n`, what, rest });
    },
  };
}

/** For a block whose lines are too long: a part of its first or last line. */
function charactersOfBlock(block: Block, { keeps, rest }: Cut): Parts {
  const characters = block.body.split('\n').at(keeps === 'end' ? -1 : 0) ?? '';
  const line = keeps === 'end' ? 'last' : 'first';
  return {
    all: characters.length,
    some: (n) => {
      const part = keeps === 'end' ? characters.slice(-n) : characters.slice(0, n);
      // A character of two units is not halved.
      const kept = part.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
      return withBody(block, { kept, read: kept, what: `the ${keeps} of the ${line} line`, rest });
    },
  };
}

interface Kept {
  readonly kept: string;
  /** What was delivered of the original, with the end of its last line. */
  readonly read: string;
  readonly what: string;
  readonly rest: string;
}

function withBody({ heading, opening, body, fence }: Block, { kept, read, what, rest }: Kept): string {
  const part = partOfBytes(heading, read);
  const lines = kept.split('\n').length;
  const head = (part?.heading ?? heading)
    .replace(/, last \d+ lines/, `, last ${count(lines, 'line')}`)
    .replace(/, (\d+) lines with "/, `, ${lines} of $1 lines with "`);
  return `${head}${opening}\n${kept}\n${fence}\n\n${note(what, kept, body, part?.rest ?? rest)}`;
}

/**
 * A heading that names bytes, for a shorter part of them. What may have been shorter in the original counts as nothing, so that
 * reading on from there leaves no gap.
 */
function partOfBytes(
  heading: string,
  read: string,
): { readonly heading: string; readonly rest: string } | undefined {
  const named = [...heading.matchAll(/bytes (\d+) to \d+ of (\d+)(?:; ask with offset \d+ for more)?/g)].at(
    -1,
  );
  if (named === undefined) return undefined;
  const [all, from = '0', size = ''] = named;
  const to = Number(from) + bytesOf(read.replace(/•+|⟨U\+[\dA-F]+⟩/g, '').replaceAll('\ufffd', '?'));
  const before = heading.slice(0, named.index);
  const after = heading.slice(named.index + all.length);
  return {
    heading: `${before}bytes ${from} to ${to} of ${size}; ask with offset ${to} for more${after}`,
    rest: `For the rest, ask with offset ${to}.`,
  };
}

function note(what: string, kept: string, all: string, rest: string): string {
  return `(Only ${what}, ${size(bytesOf(kept))} of ${size(bytesOf(all))}, were delivered: there was no room for more. ${rest})`;
}

const bytesOf = (text: string) => new TextEncoder().encode(text).length;
