/** Text from outside: a name, a value, a path, a message. It is shown literally, never read as markup. */
export interface Outside {
  readonly outside: string;
  /**
   * Its role in a sentence: a `name` is set apart from the words around it, `data` needs no quotes (a number, JSON), a
   * `message` is a sentence of its own.
   */
  readonly as: 'name' | 'data' | 'message';
}

/** Several pieces of outside text with commas between. */
export interface Series {
  readonly series: readonly Outside[];
}

/** A sentence or a line: our own words, with outside text kept apart. */
export type Phrase = readonly (string | Outside | Series)[];

/**
 * One part of a question. `text`: a sentence. `values`: a line for each, the most important first; a narrow place shows
 * the first ones and how many follow. `list`: remarks, each on its own line.
 */
export type Paragraph =
  | { readonly kind: 'text'; readonly phrase: Phrase }
  | { readonly kind: 'values' | 'list'; readonly label: string; readonly lines: readonly Phrase[] };

/** What a person is asked before something is run, installed, stopped or deleted. */
export interface Question {
  readonly title: Phrase;
  /** The button that agrees, in our own words. */
  readonly verb: string;
  readonly paragraphs: readonly Paragraph[];
  /** A name that has to be typed after the button, since much would be lost. */
  readonly typed?: string;
}

/** The name of something, a path, an address. */
export const named = (outside: string): Outside => ({ outside, as: 'name' });

/** A figure, JSON, or other text that needs no quotes. */
export const data = (outside: string): Outside => ({ outside, as: 'data' });

/** A sentence that came from elsewhere. */
export const message = (outside: string): Outside => ({ outside, as: 'message' });

/** A paragraph of one sentence. */
export const textParagraph = (...phrase: Phrase): Paragraph => ({ kind: 'text', phrase });

/** The same question with the connection at the end of its title; unchanged without one. */
export function onPlace(question: Question, place: string | undefined): Question {
  if (place === undefined) return question;
  const { title } = question;
  const end = title.at(-1);
  return end === '?'
    ? { ...question, title: [...title.slice(0, -1), ' on ', named(place), end] }
    : { ...question, title: [...title, ' on ', named(place)] };
}
