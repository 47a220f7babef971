import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { tarBytes, zipBytes } from '../../../../test/fakes/fileBytes.ts';
import { MadeUpObject } from '../../../../test/fakes/madeUpObject.ts';
import { described, previewOf, previewText } from '../../../../test/fakes/previewOf.ts';
import { previewObject } from './previewObject.ts';

const signal = new AbortController().signal;

describe('a pickle', () => {
  it('that would run a program is described, not loaded', async () => {
    const shown = await previewText('m.pkl', Buffer.from("cos\nsystem\n(S'touch /tmp/owned'\ntR."));
    expect(shown).toContain('`data/m.pkl`: pickle');
    expect(shown).toContain('reaches outside: os.system');
    expect(shown).toContain('It names 1 function that can run programs or reach out of Python.');
  });

  it('of a later protocol names what its stack does, also by the memo', async () => {
    const text = (value: string) => `\u008c${String.fromCharCode(value.length)}${value}\u0094`;
    const first = `\u0080\u0004${text('sklearn.tree')}${text('DecisionTree')}\u0093\u0094)\u0081`;
    const again = `${text('builtins')}${text('eval')}\u00930h\u0000h\u0001\u0093.`;
    const { table, facts: said } = await described('m.joblib', Buffer.from(first + again, 'latin1'));
    expect(table?.rows).toEqual([
      ['sklearn.tree', 'DecisionTree'],
      ['builtins', 'eval'],
    ]);
    expect(said).toContainEqual({ name: 'reaches outside', value: 'builtins.eval' });
  });

  it('with a name that it makes up while it is loaded is suspicious', async () => {
    const shown = await described('m.pkl', Buffer.from('\u0080\u0004]]\u0093.', 'latin1'));
    expect(shown.facts).toContainEqual({ name: 'reaches outside', value: '?.?' });
  });

  it.each([
    ['a length beyond its end', '\u0080\u0004B\u00ff\u00ff\u00ff\u00ff'],
    ['a length that no file has', '\u0080\u0005\u008e\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff'],
    ['bytes that are no opcodes', '\u0080\u0004\u00ff\u00ff'],
    ['a line that never ends', '\u0080\u0002cos'],
    ['nothing', '\u0080\u0002'],
  ])('with %s is described as far as it goes', async (_, bytes) => {
    const { cut } = await previewOf('m.pkl', Buffer.from(bytes, 'latin1'));
    expect(cut.join()).toContain('was looked at');
  });

  it('in name only is shown as the text that it is', async () => {
    expect((await previewOf('notes.pkl', 'hello there')).content.kind).toBe('text');
  });

  it('that is compressed is described all the same', async () => {
    const bytes = Buffer.from("cos\nsystem\n(S'x'\ntR.");
    for (const [key, packed] of [
      ['m.joblib', deflateSync(bytes)],
      ['m.pkl.gz', gzipSync(bytes)],
    ] as const)
      expect((await described(key, packed)).table?.rows).toEqual([['os', 'system']]);
  });

  it('in an archive of PyTorch is described with the tensors', async () => {
    const pickle = Buffer.from('\u0080\u0002ctorch._utils\n_rebuild_tensor_v2\n.', 'latin1');
    const archive = zipBytes([
      { name: 'm/data.pkl', content: pickle, packed: true },
      { name: 'm/data/0', content: new Uint8Array(400) },
    ]);
    const { format, facts: said, table, warning } = await described('m.pt', archive);
    expect(format).toBe('PyTorch archive');
    expect(said).toContainEqual({ name: 'tensors', value: '1, 400 B' });
    expect(table?.rows).toEqual([['torch._utils', '_rebuild_tensor_v2']]);
    expect(warning).toContain('not loaded');
  });
});

describe('an archive', () => {
  it('of zip is listed by its directory', async () => {
    const { facts: said, table } = await described(
      'a.zip',
      zipBytes([
        { name: 'a.txt', content: Buffer.from('hello') },
        { name: 'ü/b.txt', content: Buffer.alloc(1000), packed: true },
      ]),
    );
    expect(said).toContainEqual({ name: 'entries', value: '2' });
    expect(table?.rows[1]?.slice(0, 2)).toEqual(['ü/b.txt', '1 kB']);
  });

  it('of 8 GB reads its directory alone', async () => {
    const bytes = zipBytes([{ name: 'a.txt', content: Buffer.from('hello') }]);
    const gap = 8_000_000_000 - bytes.length;
    // The archive stands at the end, where the directory would be looked for: its offsets lead into the gap.
    const store = new MadeUpObject(8_000_000_000, (at) =>
      at < 4 ? (bytes[at] ?? 0) : (bytes[at - gap] ?? 0),
    );
    const shown = await previewObject(store, { bucket: 'm', key: 'a.zip' }, {}, signal);
    expect(shown.content).toMatchObject({ kind: 'broken', reason: 'Its directory is broken.' });
    expect(store.bytesRead).toBeLessThan(200_000);
  });

  it('that is a bomb is said to be one, and not unpacked', async () => {
    const members = Array.from({ length: 300 }, (_, index) => ({
      name: `${index}`,
      content: Buffer.alloc(20_000),
      packed: true,
      claims: 0xfffffff0,
    }));
    const { warning } = await described('bomb.zip', zipBytes(members));
    expect(warning).toContain('It would unpack to 1.3 TB');
  });

  it('of a thousand entries is cut, and says so', async () => {
    const members = Array.from({ length: 1000 }, (_, index) => ({
      name: `${index}`,
      content: Buffer.from(''),
    }));
    const { cut } = await previewOf('a.zip', zipBytes(members));
    expect(cut).toEqual(['The first 500 of 1000 entries are shown.']);
  });

  it.each([
    ['without its end', (bytes: Buffer) => bytes.subarray(0, 60), 'It has no directory at its end'],
    [
      'whose directory lies outside',
      (bytes: Buffer) => (bytes.writeUInt32LE(0xfffffff, bytes.length - 6), bytes),
      'would lie outside the file',
    ],
  ])('%s is broken', async (_, change, words) => {
    const bytes = zipBytes([{ name: 'a.txt', content: Buffer.from('hello') }]);
    expect(await previewText('a.zip', change(bytes))).toContain(words);
  });

  it('of tar is listed by the headers before its contents', async () => {
    const { table } = await described(
      'a.tar',
      tarBytes([
        ['a.txt', 'x'.repeat(2000)],
        ['b/', '', '5'],
      ]),
    );
    expect(table?.rows).toEqual([
      ['a.txt', 'file', '2 kB'],
      ['b/', 'folder', ''],
    ]);
  });

  it('of tar with long names', async () => {
    const long = 'n'.repeat(180);
    const path = `${String(`000 path=${long}\n`.length)} path=${long}\n`;
    const { table } = await described(
      'a.tar',
      tarBytes([
        ['././@LongLink', `${long}\0`, 'L'],
        ['nnn', 'x'],
        ['pax', path, 'x'],
        ['nnn', 'y'],
      ]),
    );
    expect(table?.rows.map(([name]) => name)).toEqual([long, long]);
  });

  it('of tar that claims more than it has ends there', async () => {
    const bytes = tarBytes([['a.txt', 'x']]);
    expect((await described('a.tar', bytes.subarray(0, 700))).table?.rows).toHaveLength(1);
    expect((await previewOf('a.tar', Buffer.alloc(2000, 7))).content).toMatchObject({ kind: 'broken' });
  });

  it('of tar in gzip is listed as far as it is unpacked', async () => {
    const shown = await described('a.tar.gz', gzipSync(tarBytes([['a.txt', 'hello']])));
    expect(shown).toMatchObject({
      format: 'tar archive in gzip',
      table: { rows: [['a.txt', 'file', '5 B']] },
    });
    const large = Array.from({ length: 300 }, (_, index) => [`${index}`, 'x'.repeat(3000)] as const);
    expect((await previewOf('a.tgz', gzipSync(tarBytes(large)))).cut.join(' ')).toMatch(
      /The first \d+ entries/,
    );
  });
});

describe('what is packed with gzip', () => {
  it('is shown as what is in it', async () => {
    const shown = await previewOf('a.csv.gz', gzipSync('a,b\n1,2\n'));
    expect(shown.content).toMatchObject({ kind: 'table', rows: [['1', '2']] });
    expect(shown.cut).toEqual([]);
  });

  it('is unpacked within a bound', async () => {
    const shown = await previewOf('zeros.txt.gz', gzipSync(Buffer.alloc(50_000_000, 'a\n')));
    expect(shown.content.kind === 'text' && shown.content.text.length).toBeLessThanOrEqual(262_144);
    expect(shown.cut[0]).toContain('the first 262 kB of what is in it were looked at');
  });
});
