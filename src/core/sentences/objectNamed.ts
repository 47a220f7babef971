import type { Focus } from '../domain/focus.ts';
import { listedIn, oneListed } from './listed.ts';
import { objectPath, unquote } from './words.ts';

/** An object by the words of a sentence. */
export interface NamedObject {
  readonly bucket: string;
  readonly key: string;
}

const around =
  /^(?:the |my |die |der |das |den )?(?:object |file |artifact |objekt |datei |artefakt )?(?=\S)/i;
const spoken =
  /^(?:it|its|this|that|this (?:object|file|artifact|one)|that (?:object|file|artifact|one)|the (?:object|file)|es|sie|das|diese datei|dieses objekt|die datei|das objekt)$/i;

/** `datasets/a.csv`, `s3://datasets/a.csv`, "the file datasets/a.csv", "it", "the second one"; undefined for anything else. */
export function objectIn(text: string | undefined, focus: Focus): NamedObject | undefined {
  const said = (text ?? '').trim();
  const listed = oneListed(said, focus, 'object');
  if (listed !== undefined) return objectOf(listed);
  if (spoken.test(said)) return focus.object === undefined ? undefined : objectOf(focus.object);
  const path = said.replace(around, '');
  // What has blanks is one name only in quotes.
  return unquote(path) === path && /\s/.test(path) ? undefined : objectOf(unquote(path));
}

/** The same for "datasets/a.csv and datasets/b.csv" and "those two", all in one bucket. */
export function objectsIn(
  text: string,
  focus: Focus,
): { readonly bucket: string; readonly keys: string[] } | undefined {
  const listed = listedIn(text, focus, 'object');
  const found = (listed ?? text.split(/,? (?:and|und) |, /)).map((one) => objectIn(one, focus));
  const [first] = found;
  const keys = found.flatMap((one) => (one?.bucket === first?.bucket ? (one?.key ?? []) : []));
  return first === undefined || keys.length < found.length ? undefined : { bucket: first.bucket, keys };
}

function objectOf(path: string): NamedObject | undefined {
  const { bucket, rest } = objectPath(path);
  const isOne = bucket !== '' && rest !== '' && !rest.endsWith('/') && !/\s/.test(bucket);
  return isOne ? { bucket, key: rest } : undefined;
}
