import { expect, it } from 'vitest';
import { lineInJson } from './jsonLines.ts';

const text = `
{
  "a": {"b": [1, {"c": "x\\"{"},
    2, "y"
  ]},
  "e\\u0301": [
    [],
    {}
  ],
  "twice": 1,
  "d": {
    "n": -1.5e3,
    "twice": null
  },
  "twice": {"in": 2}
}
`;

it.each<[string, readonly PropertyKey[], number]>([
  ['the document', [], 2],
  ['a key', ['a'], 3],
  ['a key of a key', ['a', 'b'], 3],
  ['an item', ['a', 'b', 0], 3],
  ['a key in an item', ['a', 'b', 1, 'c'], 3],
  ['an item below', ['a', 'b', 2], 4],
  ['a text in a list', ['a', 'b', 3], 4],
  ['a key with an escape', ['e\u0301'], 6],
  ['an empty list in a list', ['e\u0301', 0], 7],
  ['an object in a list', ['e\u0301', 1], 8],
  ['a key in another object', ['d', 'twice'], 13],
  ['the last of two equal keys', ['twice'], 15],
  ['what stands in that', ['twice', 'in'], 15],
  ['the nearest thing to a key that is not there', ['d', 'missing', 'x'], 11],
  ['nothing of it', ['missing'], 2],
])('finds the line of %s', (_, path, line) => {
  expect(lineInJson(text, path)).toBe(line);
});
