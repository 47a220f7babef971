import { Cursor, isBroken } from './cursor.ts';

/** What the opcodes of a pickle say, without any of them being carried out. */
export interface PickleFacts {
  readonly protocol: number;
  /** The functions and classes that loading it would import, as "module name". */
  readonly globals: readonly string[];
  /** Objects that it would call or make (REDUCE, NEWOBJ, INST, OBJ, BUILD). */
  readonly calls: number;
  /** Texts in it, the first few. */
  readonly texts: readonly string[];
  /** True where its end (STOP) was seen. */
  readonly whole: boolean;
}

/**
 * How the argument of an opcode is laid out: a number of bytes, a line or two, or bytes after their length. The opcodes are
 * those of Python's Lib/pickle.py, protocols 0 to 5.
 */
type Argument = number | 'line' | 'lines' | 'bytes1' | 'bytes4' | 'bytes8' | 'int4';

/** The opcodes that these characters of Latin-1 stand for. */
const codes = (characters: string) => Array.from(characters, (character) => character.charCodeAt(0));

function group(opcodes: string, argument: Argument): (readonly [number, Argument])[] {
  return codes(opcodes).map((opcode) => [opcode, argument] as const);
}

const argumentOf = new Map<number, Argument>([
  ...group(
    '()012.NQRabdelostu}]\u0081\u0085\u0086\u0087\u0088\u0089\u008f\u0090\u0091\u0092\u0093\u0094\u0097\u0098',
    0,
  ),
  ...group('hqK\u0080\u0082', 1),
  ...group('M\u0083', 2),
  ...group('Jjr\u0084', 4),
  ...group('G\u0095', 8),
  ...group('FILSVPgp', 'line'),
  ...group('ci', 'lines'),
  ...group('CU\u008a\u008c', 'bytes1'),
  ...group('BTX', 'bytes4'),
  ...group('\u008d\u008e\u0096', 'bytes8'),
  ...group('\u008b', 'int4'),
]);

const op = (character: string) => character.charCodeAt(0);
const textOps = new Set(codes('VX\u008c\u008dUTS'));
const getOps = new Set(codes('ghj'));
const putOps = new Set(codes('pqr'));
const callOps = new Set(codes('Rbio\u0081\u0092'));
/** They leave what is on the top where it is. */
const quietOps = new Set(codes('\u0080\u0095('));
const mostGlobals = 500;
const mostTexts = 10;
const longestText = 200;

/** The state of a scan: the two texts that were pushed last, which STACK_GLOBAL takes, and the memo. */
interface Scan {
  readonly globals: Set<string>;
  readonly texts: string[];
  readonly memo: Map<number, string | undefined>;
  readonly pushed: (string | undefined)[];
  protocol: number;
  calls: number;
}

/**
 * Reads the opcodes of a pickle from its first bytes, up to its end, the end of the bytes, or the first byte that is no
 * opcode (joblib puts the values of arrays in between).
 */
export function scanPickle(bytes: Uint8Array): PickleFacts {
  const scan: Scan = { globals: new Set(), texts: [], memo: new Map(), pushed: [], protocol: 0, calls: 0 };
  const cursor = new Cursor(bytes);
  let whole = false;
  try {
    while (cursor.left > 0 && !whole) {
      const opcode = cursor.u8();
      const argument = argumentOf.get(opcode);
      if (argument === undefined) break;
      whole = opcode === op('.');
      step(scan, opcode, readArgument(cursor, argument));
    }
  } catch (error) {
    if (!isBroken(error)) throw error;
  }
  const { protocol, calls, texts } = scan;
  return { protocol, calls, texts, globals: [...scan.globals], whole };
}

function step(scan: Scan, opcode: number, argument: Uint8Array): void {
  const { memo, pushed } = scan;
  if (callOps.has(opcode)) scan.calls += 1;
  if (quietOps.has(opcode)) {
    if (opcode === 0x80) scan.protocol = argument[0] ?? 0;
    return;
  }
  if (opcode === op('\u0094')) memo.set(memo.size, pushed.at(-1));
  else if (putOps.has(opcode)) memo.set(indexOf(opcode, argument), pushed.at(-1));
  else if (opcode === op('c') || opcode === op('i')) {
    addGlobal(scan, textOf(argument).replace('\n', ' '));
    push(scan, undefined);
  } else if (opcode === op('\u0093')) {
    addGlobal(scan, `${pushed.at(-2) ?? '?'} ${pushed.at(-1) ?? '?'}`);
    push(scan, undefined);
  } else push(scan, pushedBy(scan, opcode, argument));
}

function pushedBy(scan: Scan, opcode: number, argument: Uint8Array): string | undefined {
  if (getOps.has(opcode)) return scan.memo.get(indexOf(opcode, argument));
  if (!textOps.has(opcode)) return undefined;
  const text = textOf(argument);
  if (scan.texts.length < mostTexts && text.trim() !== '') scan.texts.push(text);
  return text;
}

function push(scan: Scan, text: string | undefined): void {
  scan.pushed.push(text);
  if (scan.pushed.length > 2) scan.pushed.shift();
}

function addGlobal(scan: Scan, name: string): void {
  if (scan.globals.size < mostGlobals) scan.globals.add(name);
}

/** The number that an opcode of the memo has as its argument: a line of digits, 1 byte or 4. */
function indexOf(opcode: number, argument: Uint8Array): number {
  if (opcode === op('g') || opcode === op('p')) return Number.parseInt(textOf(argument), 10);
  return argument.length === 1 ? (argument[0] ?? 0) : new Cursor(argument).u32();
}

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes.subarray(0, longestText));

function readArgument(cursor: Cursor, argument: Argument): Uint8Array {
  switch (argument) {
    case 'line':
      return line(cursor);
    case 'lines': {
      const start = cursor.at;
      line(cursor);
      line(cursor);
      return cursor.bytes.subarray(start, cursor.at - 1);
    }
    case 'bytes1':
      return cursor.part(cursor.u8());
    case 'bytes4':
    case 'int4':
      return cursor.part(cursor.u32());
    case 'bytes8':
      return cursor.part(cursor.u64());
    default:
      return cursor.part(argument);
  }
}

function line(cursor: Cursor): Uint8Array {
  const end = cursor.bytes.indexOf(10, cursor.at);
  const length = end < 0 ? cursor.left + 1 : end - cursor.at;
  const part = cursor.part(length);
  cursor.skip(1);
  return part;
}
