import { expect, it } from 'vitest';
import { unfetchedCss } from './unfetchedCss.ts';

it.each([
  ['@import url(https://elsewhere.example/a.css); p { color: red }', ' p { color: red }'],
  ['@import "https://elsewhere.example/a.css" screen;p{}', 'p{}'],
  ["@import 'https://elsewhere.example/a.css'", ''],
  ['a { background: URL( "//elsewhere.example/(x)" ) }', 'a { background: none }'],
  ["a { background: url('https://elsewhere.example/)') }", 'a { background: none }'],
  ['a { background: url(https://elsewhere.example', 'a { background: none'],
  [
    'a { background: image-set("https://elsewhere.example/a" 1x) }',
    'a { background: none("https://elsewhere.example/a" 1x) }',
  ],
  ['a { --x: url(https://elsewhere.example/a) }', 'a { --x: none }'],
  ['@font-face { src: url(https://elsewhere.example/f) }', '@font-face { src: none }'],
  [String.raw`@\69mport "https://elsewhere.example/a.css"; p { color: red }`, ''],
  [String.raw`a { background: u\72 l(https://elsewhere.example/a) }`, ''],
  [String.raw`a { background: \000075rl(https://elsewhere.example/a) }`, ''],
  [
    'a { background: u/**/rl(https://elsewhere.example/a) }',
    'a { background: u rl(https://elsewhere.example/a) }',
  ],
])('loads nothing for %j', (css, kept) => {
  expect(unfetchedCss(css)).toBe(kept);
});

it.each([
  '*{stroke-linejoin: round; stroke-linecap: butt}',
  'fill: url(#gradient); clip-path: url("#clip")',
  'background: url(data:image/png;base64,AAAA)',
  String.raw`.icon::before { content: "\f101" }`,
])('keeps %j unchanged', (css) => {
  expect(unfetchedCss(css)).toBe(css);
});
