/** A text with the end of a sentence, so that another may follow. */
export function ended(text: string): string {
  const end = text.trimEnd();
  return end === '' || /[.!?:;…][)\]"'”’`]*$/.test(end) ? end : `${end}.`;
}

/** Joins texts as sentences, such as what happened and what to do. Missing and empty ones are left out. */
export function sentences(...texts: readonly (string | undefined)[]): string {
  const given = texts.filter((text) => text !== undefined && text.trim() !== '') as readonly string[];
  return given.map((text, index) => (index < given.length - 1 ? ended(text) : text)).join(' ');
}

/** Joins texts as paragraphs. Missing and empty ones are left out. */
export function paragraphs(...texts: readonly (string | undefined)[]): string {
  return texts.filter((text) => text !== undefined && text !== '').join('\n\n');
}

const begins =
  /^(?:The|A|An|It|Its|They|There|This|That|These|Those|No|None|Nothing|Not|Only|What)(?= [a-z\u2018"'`])/;

/** A sentence of ours as it follows a colon: in lower case, unless it begins with a name. */
export function afterColon(sentence: string): string {
  return sentence.replace(begins, (word) => word.toLowerCase());
}
