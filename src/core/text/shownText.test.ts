import { expect, it } from 'vitest';
import { shownText } from './shownText.ts';

it.each([
  ['iris', 'iris'],
  ['largo café 数据 🎉 ❤️', 'largo café 数据 🎉 ❤️'],
  ['a\u202egpj.exe', 'a⟨U+202E⟩gpj.exe'],
  ['pay\u200bload', 'pay⟨U+200B⟩load'],
  ['a\u00adb\u2060c\ufeffd', 'a⟨U+00AD⟩b⟨U+2060⟩c⟨U+FEFF⟩d'],
  ['one\ntwo\r\nthree\rfour', 'one⏎two⏎three⟨U+000D⟩four'],
  ['a\tb\u2028c\u0085d', 'a⇥b⟨U+2028⟩c⟨U+0085⟩d'],
  ['a\u00a0b\u3000c', 'a⟨U+00A0⟩b⟨U+3000⟩c'],
  ['tag\u{e0041}', 'tag⟨U+E0041⟩'],
  ['a\ufe0f', 'a⟨U+FE0F⟩'],
  ['\u3164', '⟨U+3164⟩'],
  ['\ud800', '⟨U+D800⟩'],
  [' a  b ', '␣a␣␣b␣'],
  ['a⏎b ⟨+57 characters⟩', 'a⟨U+23CE⟩b ⟨U+27E8⟩+57 characters⟨U+27E9⟩'],
  [`e${'\u0301'.repeat(3)}`, 'e\u0301\u0301⟨U+0301⟩'],
  ['\u0301', '⟨U+0301⟩'],
])('%j is shown as %j', (text, shown) => {
  expect(shownText(text)).toBe(shown);
});

it('shows the head and the tail of a long text and how much is left out', () => {
  const text = `${'a'.repeat(100)}; DROP TABLE`;
  expect(shownText(text, 112)).toBe(text);
  expect(shownText(text, 50)).toBe(`${'a'.repeat(30)}⟨+62 characters⟩${'a'.repeat(8)}; DROP TABLE`);
});

it('never cuts within the notation for an invisible character', () => {
  expect(shownText('\u202e'.repeat(100), 30)).toBe('⟨U+202E⟩⟨U+202E⟩⟨+97 characters⟩⟨U+202E⟩');
});
