const partOfName = /[\p{L}\p{N}_-]/u;

/** Where a text has one of these names as a word of its own, in any case; -1 where it has none. "iris" is not in "iris-12". */
export function namedIn(text: string, names: readonly string[]): number {
  const found = names.map((name) => wordIn(text, name)).filter((at) => at >= 0);
  return found.length === 0 ? -1 : Math.min(...found);
}

function wordIn(text: string, name: string): number {
  const [within, wanted] = [text.toLowerCase(), name.toLowerCase()];
  if (wanted === '') return -1;
  for (let at = within.indexOf(wanted); at >= 0; at = within.indexOf(wanted, at + 1))
    if (!isPart(within[at - 1]) && !goesOn(within.slice(at + wanted.length, at + wanted.length + 2)))
      return at;
  return -1;
}

const isPart = (character: string | undefined) => character !== undefined && partOfName.test(character);

/** Whether a name goes on: a dot before a letter belongs to it, one at the end of a sentence does not. */
function goesOn(after: string): boolean {
  return isPart(after.startsWith('.') ? after[1] : after[0]);
}
