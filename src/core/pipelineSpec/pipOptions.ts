/** The options of a `pip install` command and its other words. */
export interface PipWords {
  /** In the order of the command: `install` and the packages. */
  readonly words: readonly string[];
  /** Those that the installer is given, spelled out: `--index-url=https://a.example`. */
  readonly options: readonly string[];
  readonly noDeps: boolean;
  /** Names of options that are neither passed to the installer nor meaningless here. */
  readonly unknown: readonly string[];
}

/** `keep`: passed to the installer. `drop`: without meaning here, since each environment is new and its log is a file. */
interface Known {
  readonly use: 'keep' | 'drop' | 'noDeps';
  readonly value: boolean;
}

const known: ReadonlyMap<string, Known> = new Map([
  ...rows('keep', true, '--index-url --extra-index-url --find-links --trusted-host --proxy'),
  ...rows('keep', true, '--cert --client-cert --timeout --retries --platform --only-binary --no-binary'),
  ...rows('keep', false, '--pre --no-index --prefer-binary --no-build-isolation'),
  ...rows('noDeps', false, '--no-deps --no-dependencies'),
  ...rows('drop', false, '--quiet --verbose --debug --no-color --no-input --disable-pip-version-check'),
  ...rows('drop', false, '--no-warn-script-location --no-warn-conflicts --no-python-version-warning'),
  ...rows('drop', false, '--upgrade --force-reinstall --ignore-installed --no-cache-dir --isolated'),
  ...rows('drop', false, '--user --system --break-system-packages --compile --no-compile --no-clean'),
  ...rows('drop', false, '--use-pep517'),
  ...rows('drop', true, '--progress-bar --root-user-action --upgrade-strategy --cache-dir'),
  ...rows('drop', true, '--use-feature --use-deprecated'),
]);

function rows(use: Known['use'], value: boolean, names: string): [string, Known][] {
  return names.split(' ').map((name) => [name, { use, value }]);
}

const otherNames: ReadonlyMap<string, string> = new Map([
  ['-i', '--index-url'],
  ['--pypi-url', '--index-url'],
  ['-f', '--find-links'],
  ['-q', '--quiet'],
  ['-v', '--verbose'],
  ['-U', '--upgrade'],
  ['-I', '--ignore-installed'],
]);

/**
 * Sorts the words after `pip` as pip itself would: values apart or after `=`, short options in one word (`-qi address`).
 * Names that pip would guess (`--index` for `--index-url`) stay unknown.
 */
export function pipWords(all: readonly string[]): PipWords {
  const words: string[] = [];
  const options: Found[] = [];
  const rest = [...all];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (!word.startsWith('-')) words.push(word);
    else options.push(...(word.startsWith('--') ? [longOption(word, rest)] : shortOptions(word, rest)));
  }
  const of = (use: Known['use'] | undefined) =>
    options.filter((option) => option.use === use).map(({ text }) => text);
  return { words, options: of('keep'), noDeps: of('noDeps').length > 0, unknown: of(undefined) };
}

interface Found {
  /** Undefined for an unknown option, or one in a wrong form. */
  readonly use: Known['use'] | undefined;
  readonly text: string;
}

/** Reads one option; `rest` are the words after it, of which it takes its value. */
function longOption(word: string, rest: string[]): Found {
  const equals = word.indexOf('=');
  const name = equals < 0 ? word : word.slice(0, equals);
  const inline = equals < 0 ? undefined : word.slice(equals + 1);
  return option(name, inline, rest);
}

/** Reads the options of a word such as `-qU`, `-ihttps://a.example` or `-qi`, whose value is the next word. */
function shortOptions(word: string, rest: string[]): readonly Found[] {
  const options: Found[] = [];
  for (let index = 1; index < word.length; index += 1) {
    const name = `-${word.charAt(index)}`;
    const after = word.slice(index + 1);
    const row = known.get(otherNames.get(name) ?? name);
    if (row === undefined || row.value)
      return [...options, option(name, after === '' ? undefined : after, rest)];
    options.push(option(name, undefined, rest));
  }
  return options.length === 0 ? [{ use: undefined, text: word }] : options;
}

function option(name: string, inline: string | undefined, rest: string[]): Found {
  const long = otherNames.get(name) ?? name;
  const row = known.get(long);
  if (row === undefined) return { use: undefined, text: name };
  if (!row.value) return inline === undefined ? { use: row.use, text: long } : { use: undefined, text: name };
  const value = (inline ?? rest.shift() ?? '').trim();
  return value === '' ? { use: undefined, text: name } : { use: row.use, text: `${long}=${value}` };
}
