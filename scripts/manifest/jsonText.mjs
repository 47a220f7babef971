// Replaces single values inside the text of a JSON file and leaves every other byte as it is.

/**
 * Replaces the value at a path.
 * @param {string} text a valid JSON document, indented by two spaces
 * @param {readonly (string | number)[]} path object keys and array indexes from the root
 * @param {unknown} value
 * @returns {string}
 * @throws when there is no value at that path
 */
export function replaceJsonValue(text, path, value) {
  const { start, end } = findValue(text, path);
  const lineStart = text.lastIndexOf('\n', start) + 1;
  const indent = /^\s*/.exec(text.slice(lineStart, start))?.[0] ?? '';
  const lines = JSON.stringify(value, null, 2).split('\n');
  return text.slice(0, start) + lines.join(`\n${indent}`) + text.slice(end);
}

/** Where the value at a path starts and ends in the text. */
function findValue(text, path) {
  let start = skipSpace(text, 0);
  for (const [depth, step] of path.entries()) {
    const child = children(text, start).find((item) => item.key === step);
    if (!child) throw new Error(`No value at ${path.slice(0, depth + 1).join('.')}: add an empty one there.`);
    start = child.start;
  }
  return { start, end: endOfValue(text, start) };
}

/** The members of the object, or the items of the array, that starts here. */
function children(text, start) {
  const isObject = text[start] === '{';
  if (!isObject && text[start] !== '[') return [];
  const found = [];
  let at = skipSpace(text, start + 1);
  while (text[at] !== '}' && text[at] !== ']') {
    let key = found.length;
    if (isObject) {
      const keyEnd = endOfValue(text, at);
      key = JSON.parse(text.slice(at, keyEnd));
      at = skipSpace(text, skipSpace(text, keyEnd) + 1);
    }
    found.push({ key, start: at });
    at = skipSpace(text, endOfValue(text, at));
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
  return found;
}

function endOfValue(text, start) {
  const scalar = /"(?:[^"\\]|\\.)*"|[^\s,[\]{}]+/y;
  if (text[start] !== '{' && text[start] !== '[') {
    scalar.lastIndex = start;
    scalar.test(text);
    return scalar.lastIndex;
  }
  const token = /"(?:[^"\\]|\\.)*"|[[\]{}]/g;
  token.lastIndex = start;
  for (let depth = 0, match; (match = token.exec(text));) {
    if (match[0] === '{' || match[0] === '[') depth++;
    if (match[0] === '}' || match[0] === ']') depth--;
    if (depth === 0) return token.lastIndex;
  }
  throw new Error('The JSON ends too early.');
}

function skipSpace(text, at) {
  const space = /\s*/y;
  space.lastIndex = at;
  space.test(text);
  return space.lastIndex;
}
