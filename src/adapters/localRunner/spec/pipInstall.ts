import { own } from '../../../core/domain/own.ts';
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
  ...[
    '--proxy',
    '--cert',
    '--client-cert',
    '--timeout',
    '--retries',
    '--platform',
    '--only-binary',
    '--no-binary',
  ],
];
const short: { readonly [name: string]: string } = {
  '-i': '--index-url',
  '-f': '--find-links',
  '-c': '--constraint',
};
const kept = ['--pre', '--no-index', '--prefer-binary', '--no-build-isolation'];

/** Reads the `pip install` commands of a script, as every version of the SDK since 2.0 writes them. */
export function pipInstalls(script: string): PipInstall {
  const found = shellCommands(script).map(readCommand);
  const flat = (pick: (install: PipInstall) => readonly string[]) => [...new Set(found.flatMap(pick))];
  return {
    requirements: flat((one) => one.requirements),
    noDeps: flat((one) => one.noDeps),
    options: flat((one) => one.options),
  };
}

function readCommand(words: readonly string[]): PipInstall {
  const pip = words.findIndex((word) => /^(.*\/)?pip[0-9.]*$/.test(word));
  if (pip < 0 || words[pip + 1] !== 'install') return { requirements: [], noDeps: [], options: [] };
  const packages: string[] = [];
  const options: string[] = [];
  const rest = words.slice(pip + 2);
  for (let at = 0; at < rest.length; at += 1) {
    const word = rest[at] ?? '';
    if (!word.startsWith('-')) packages.push(word);
    else if (withValue.includes(word)) {
      at += 1;
      options.push(`${own(short, word) ?? word}=${rest[at] ?? ''}`);
    } else if (isKept(word)) options.push(word);
  }
  const noDeps = rest.includes('--no-deps');
  return { requirements: noDeps ? [] : packages, noDeps: noDeps ? packages : [], options };
}

function isKept(option: string): boolean {
  return kept.includes(option) || withValue.some((name) => option.startsWith(`${name}=`));
}
