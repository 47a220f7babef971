/** How the machine names files that objects are downloaded to. */
export interface FileNaming {
  readonly isWindows: boolean;
  /** True where `A` and `a` are one file. */
  readonly ignoresCase: boolean;
}

/** An object and where it goes below the folder that the person chose. */
export interface PlannedFile<T> {
  readonly object: T;
  /** Names of folders, the file's own last. */
  readonly names: readonly string[];
}

/** A key that cannot be a file here, and why. */
export interface RefusedKey {
  readonly key: string;
  readonly reason: string;
}

/** Longest name of a file on the usual file systems, in bytes. */
const longestName = 255;
const namesOfWindows = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
// oxlint-disable-next-line no-control-regex
const signsOfWindows = /[<>:"|?*\u0001-\u001f]|[. ]$/;

/**
 * The files that objects below a prefix become. A key that is no possible path, that would leave the folder, or that would be the
 * same file as another is refused, and nothing is renamed. The markers of folders (keys that end in a slash, without content)
 * are left out.
 */
export function downloadNames<T extends { readonly key: string; readonly size: number }>(
  objects: readonly T[],
  prefix: string,
  naming: FileNaming,
): { readonly files: readonly PlannedFile<T>[]; readonly refused: readonly RefusedKey[] } {
  const refused: RefusedKey[] = [];
  const files: PlannedFile<T>[] = [];
  for (const object of objects) {
    const { key, size } = object;
    if (key.endsWith('/') && size === 0) continue;
    const names = key.slice(prefix.length).split('/');
    const reason = names.map((name) => whyNoName(name, naming)).find((why) => why !== undefined);
    if (reason === undefined) files.push({ object, names });
    else refused.push({ key, reason });
  }
  const clashing = clashes(files, naming);
  return {
    files: files.filter(({ object }) => !clashing.has(object.key)),
    refused: [...refused, ...[...clashing].map(([key, reason]) => ({ key, reason }))],
  };
}

/** Why a part of a key cannot be the name of a file or folder; undefined where it can. */
export function whyNoName(name: string, { isWindows }: FileNaming): string | undefined {
  if (name === '') return 'it has an empty name between slashes';
  if (name === '.' || name === '..') return `it has ${name} between slashes`;
  if (name.includes('\0')) return 'it has a zero character';
  if (new TextEncoder().encode(name).length > longestName) return 'a name in it is too long';
  if (!isWindows) return undefined;
  if (name.includes('\\')) return String.raw`it has a \ `.trim();
  return namesOfWindows.test(name) || signsOfWindows.test(name)
    ? 'Windows has no such file names'
    : undefined;
}

function clashes<T extends { readonly key: string }>(
  files: readonly PlannedFile<T>[],
  { ignoresCase }: FileNaming,
): ReadonlyMap<string, string> {
  const pathOf = (names: readonly string[]) => {
    const joined = names.join('/');
    return ignoresCase ? joined.normalize('NFC').toLowerCase() : joined;
  };
  const folders = new Set(
    files.flatMap(({ names }) => names.slice(1).map((_, count) => pathOf(names.slice(0, count + 1)))),
  );
  const taken = new Map<string, string>();
  const clashing = new Map<string, string>();
  for (const { object, names } of files) {
    const path = pathOf(names);
    const first = taken.get(path);
    if (folders.has(path)) clashing.set(object.key, 'there are objects below it, so it would be a folder');
    else if (first !== undefined) clashing.set(object.key, `it would be the same file as ${first}`);
    else taken.set(path, object.key);
  }
  return clashing;
}
