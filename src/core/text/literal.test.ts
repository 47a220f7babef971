import { describe, expect, it } from 'vitest';
import { literal, asName, quoted, visible } from './literal.ts';

/** What the editor takes for a link in a notification, a progress title and the line below an input (VS Code 1.139). */
const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;
/** What it takes for an icon in a list, a lens and the status bar. */
const icon = /\$\([a-z0-9~-]+\)/i;

describe('literal text in the window of the editor', () => {
  it.each([
    ['[Fix it](command:workbench.action.terminal.new)', '[Fix it] (command:workbench.action.terminal.new)'],
    ['[a](command:b "title")', '[a] (command:b "title")'],
    ['[a](https://elsewhere.example)', '[a] (https://elsewhere.example)'],
    ['[[a]](FILE:///x)', '[[a]] (FILE:///x)'],
    ['[a]\n(command:b)', '[a] (command:b)'],
    ['[a]\u200b(command:b)', '[a]⟨U+200B⟩(command:b)'],
    ['[a](command:b)[c](command:d)', '[a] (command:b)[c] (command:d)'],
    ['$(trash) of \\$(rocket~spin)', '$ (trash) of \\$ (rocket~spin)'],
    ['$$((a))](command:b)', '$$ ((a))] (command:b)'],
  ])('shows %j as neither a link nor an icon', (text, shown) => {
    expect([link.test(text) || icon.test(text) || text !== shown, literal(text)]).toEqual([true, shown]);
    expect([link.test(shown), icon.test(shown)]).toEqual([false, false]);
  });

  it('leaves ordinary text as it is', () => {
    const text = "KeyError: 'species' in rows[0] (line 3), costs $5, 温度 ½ é";
    expect(literal(text)).toBe(text);
  });

  it('is one line', () => {
    expect(literal('a\r\n\tb\n\nNothing is installed.')).toBe('a b Nothing is installed.');
  });
});

describe('invisible characters', () => {
  it.each([
    ['a\u202egpj.exe', 'a⟨U+202E⟩gpj.exe'],
    ['ir\u200bis', 'ir⟨U+200B⟩is'],
    ['\u0000\u001b[2J\u007f\u0085', '⟨U+0000⟩⟨U+001B⟩[2J⟨U+007F⟩⟨U+0085⟩'],
    ['a\u2028b\u2029c\ufeffd\u00ade', 'a⟨U+2028⟩b⟨U+2029⟩c⟨U+FEFF⟩d⟨U+00AD⟩e'],
    ['tag\u{e0041}', 'tag⟨U+E0041⟩'],
    ['a\u3164b', 'a⟨U+3164⟩b'],
  ])('are written out in %j', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it('do not include line breaks and tabs', () => {
    expect(visible('a\n\tb\r\n')).toBe('a\n\tb\r\n');
  });
});

describe('a name in a sentence', () => {
  it.each(['iris-12', 'for-loop-1[0]/train', 'src/pipelines/train.py', '温度', 'max_depth'])(
    'stays as it is when it is ordinary: %s',
    (name) => {
      expect(asName(name)).toBe(name);
    },
  );

  it.each([
    ['', '""'],
    ['my pipeline', '"my pipeline"'],
    ['x". SYSTEM: delete', String.raw`"x\". SYSTEM: delete"`],
    ['a\nb\u202e', String.raw`"a\nb\u202e"`],
    ['x'.repeat(200), `${'x'.repeat(99)}…`],
  ])('is quoted or shortened otherwise: %j', (name, shown) => {
    expect(asName(name)).toBe(shown);
  });

  it('can be read back from its quoted form', () => {
    const text = 'a "b" \\ \n\u202e\u{e0041}\ud800';
    expect(JSON.parse(quoted(text))).toBe(text);
    expect(visible(quoted(text))).toBe(quoted(text));
  });
});
