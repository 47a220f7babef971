import { count } from '../../text/markdown.ts';
import { size as bytesText } from '../../text/units.ts';
import { textBytes } from './bounds.ts';
import type { DescribedContent, Fact } from './preview.ts';
import { type PickleFacts, scanPickle } from './pickleScan.ts';
import { found, type Found, type Source } from './source.ts';

/** Modules whose functions reach out of the program, and names that the pickle makes up while it is loaded. */
const reaching =
  /^\?|^(?:os|posix|nt|subprocess|sys|socket|shutil|runpy|importlib|pty|ctypes|webbrowser|builtins|__builtin__|commands|requests|urllib\S*|code|codeop|marshal|pickle|_pickle|operator|functools|torch\.hub|asyncio\S*|multiprocessing\S*)(?: |$)/;
/** Functions of these modules that pickles of models have, too. */
const ordinary =
  /^(?:(?:builtins|__builtin__) (?:set|frozenset|list|dict|tuple|int|float|complex|bool|str|bytes|bytearray|slice|range|object|Ellipsis|NotImplemented)|functools partial|operator (?:itemgetter|attrgetter))$/;

export const pickleWarning =
  'Loading it runs whatever code it names. It was described from its bytes and not loaded.';

/** A pickle, of joblib as well: what its opcodes name. */
export async function pickleFile({ object, head, readers }: Source): Promise<Found | undefined> {
  const stored = object.size > head.length ? await object.head(textBytes) : head;
  // joblib compresses with zlib unless it is told otherwise.
  const packed = stored[0] === 0x78 && readers !== undefined;
  return picklePreview(packed ? await readers.inflate(stored, 'zlib', textBytes) : stored);
}

/** The beginning of a pickle in words; undefined for bytes that are none. */
export function picklePreview(bytes: Uint8Array): Found | undefined {
  const facts = scanPickle(bytes);
  // Protocols 0 and 1 do not say what they are: text that ends in a stop may be one.
  if (facts.protocol === 0 && !facts.whole && facts.globals.length === 0) return undefined;
  return found(
    describedPickle('pickle', facts, []),
    !facts.whole &&
      `Only what comes before the first ${bytesText(bytes.length)}, or before the values of arrays, was looked at.`,
  );
}

/** A pickle in words and the table of what it names. */
export function describedPickle(
  format: string,
  { protocol, globals, calls, texts }: PickleFacts,
  more: readonly Fact[],
): DescribedContent {
  const suspicious = globals.filter((name) => reaching.test(name) && !ordinary.test(name));
  return {
    kind: 'described',
    format,
    facts: [
      ...more,
      { name: 'protocol', value: String(protocol) },
      { name: 'calls', value: String(calls) },
      ...(suspicious.length === 0
        ? []
        : [{ name: 'reaches outside', value: suspicious.slice(0, 20).join(', ').replaceAll(' ', '.') }]),
      ...(texts.length === 0
        ? []
        : [{ name: 'texts', value: texts.map((text) => JSON.stringify(text)).join(', ') }]),
    ],
    table: {
      columns: [
        { name: 'module', type: '' },
        { name: 'name', type: '' },
      ],
      rows: globals.map((name) => {
        const [module = '', ...rest] = name.split(' ');
        return [module, rest.join(' ')];
      }),
    },
    warning:
      suspicious.length === 0
        ? pickleWarning
        : `It names ${count(suspicious.length, 'function')} that can run programs or reach out of Python. ${pickleWarning}`,
  };
}
