import { shellCommands } from './shellWords.ts';

/** What the prelude of a component installs. */
export interface PipInstall {
  /** Installed with what they depend on. */
  readonly requirements: readonly string[];
  /** Installed alone: the SDK that runs the component. */
  readonly noDeps: readonly string[];
  /** Options such as `--index-url`, each with its value as `--name=value`. */
  readonly options: readonly string[];
}

/** Options of pip that take a value and change where packages come from or what is chosen. */
const withValue = [
  ...['-i', '--index-url', '--extra-index-url', '--trusted-host', '-f', '--find-links', '-c', '--constraint'],
  ...['--proxy', '--cert', '--client-cert', '--timeout', '--retries', '--platform', '--only-binary', '--no-binary'],
];
const short: { readonly [name: string]: string } = { '-i': '--index-url', '-f': '--find-links', '-c': '--constraint' };
const kept = ['--pre', '--no-index', '--prefer-binary', '--no-build-isolation'];

/** Reads the `pip install` commands of a script, as every version of the SDK since 2.0 writes them. */
export function pipInstalls(script: string): PipInstall {
  const found = shellCommands(script).map(readCommand);
  const flat = (pick: (install: PipInstall) => readonly string[]) => [...new Set(found.flatMap(pick))];
  return { requirements: flat((one) => one.requirements), noDeps: flat((one) => one.noDeps), options: flat((one) => one.options) };
}

function readCommand(words: readonly string[]): PipInstall {
  const pip = words.findIndex((word) => /^(.*\/)?pip[0-9.]*$/.test(word));
  if (pip < 0 || words[pip + 1] !== 'install') return { requirements: [], noDeps: [], options: [] };
  const packages: string[] = [];
  const options: string[] = [];
  let noDeps = false;
  for (let at = pip + 2; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (!word.startsWith('-')) packages.push(word);
    else if (word === '--no-deps') noDeps = true;
    else if (kept.includes(word) || withValue.some((name) => word.startsWith(`${name}=`))) options.push(word);
    else if (withValue.includes(word)) {
      at += 1;
      options.push(`${short[word] ?? word}=${words[at] ?? ''}`);
    }
  }
  return { requirements: noDeps ? [] : packages, noDeps: noDeps ? packages : [], options };
}
