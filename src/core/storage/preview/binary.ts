import { size } from '../../text/units.ts';
import { extensionOf, latin } from './detect.ts';
import { hexLines } from './hex.ts';
import { found, type Found, type Source } from './source.ts';

const shownBytes = 256;

/** What files with these first bytes are, of what is not read here. */
const signatures: readonly (readonly [string, string])[] = [
  ['\u0089HDF\r\n\u001a\n', 'HDF5'],
  ['ARROW1', 'Arrow'],
  ['FEA1', 'Feather'],
  ['ORC', 'ORC'],
  ['Obj\u0001', 'Avro'],
  ['SQLite format 3\u0000', 'an SQLite database'],
  ['BZh', 'bzip2'],
  ['\u00fd7zXZ\u0000', 'xz'],
  ['(\u00b5/\u00fd', 'Zstandard'],
  ['7z\u00bc\u00af\u0027\u001c', '7-Zip'],
  ['\u007fELF', 'a program or library of Linux'],
  ['MZ', 'a program or library of Windows'],
  ['ID3', 'MP3'],
  ['OggS', 'Ogg'],
  ['fLaC', 'FLAC'],
  ['II*\u0000', 'TIFF'],
  ['MM\u0000*', 'TIFF'],
  ['BM', 'a bitmap'],
  ['\u00ca\u00fe\u00ba\u00be', 'a Java class'],
];
const byExtension: ReadonlyMap<string, string> = new Map([
  ['onnx', 'an ONNX model'],
  ['pb', 'a protocol buffer'],
  ['tflite', 'a TensorFlow Lite model'],
  ['h5', 'HDF5'],
  ['tfrecord', 'TFRecord'],
]);

/** Bytes that nothing here reads: the first of them, and what they may be. */
export function binaryContent({ object, head }: Source): Found {
  const beginning = latin(head, 0, 16);
  const guess =
    signatures.find(([bytes]) => beginning.startsWith(bytes))?.[1] ??
    (latin(head, 4, 8) === 'ftyp' ? 'MP4' : byExtension.get(extensionOf(object.stat.key)));
  const shown = head.subarray(0, shownBytes);
  return found(
    { kind: 'binary', ...(guess === undefined ? {} : { guess }), hex: hexLines(shown) },
    object.size > shown.length && `The first ${size(shown.length)} of ${size(object.size)} are shown.`,
  );
}
