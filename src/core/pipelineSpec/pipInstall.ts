import { pipWords } from './pipOptions.ts';
import { shellCommands } from './shellWords.ts';

/** What the prelude of a component installs. */
export interface PipInstall {
  /** Installed with what they depend on. */
  readonly requirements: readonly string[];
  /** Installed alone: the SDK that runs the component. */
  readonly noDeps: readonly string[];
  /** Options such as `--index-url`, each with its value as `--name=value`. */
  readonly options: readonly string[];
  /** Names of options that the installer is not given. */
  readonly unknown: readonly string[];
}

const nothing: PipInstall = { requirements: [], noDeps: [], options: [], unknown: [] };

/** Reads the `pip install` commands of a script, as every version of the SDK since 2.0 writes them. */
export function pipInstalls(script: string): PipInstall {
  const installs = shellCommands(script).map(readCommand);
  const flat = (pick: (install: PipInstall) => readonly string[]) => [...new Set(installs.flatMap(pick))];
  return {
    requirements: flat((install) => install.requirements),
    noDeps: flat((install) => install.noDeps),
    options: flat((install) => install.options),
    unknown: flat((install) => install.unknown),
  };
}

function readCommand(command: readonly string[]): PipInstall {
  const pip = command.findIndex((word) => /^(.*\/)?pip[0-9.]*$/.test(word));
  if (pip < 0) return nothing;
  const { words, options, noDeps, unknown } = pipWords(command.slice(pip + 1));
  const [verb, ...packages] = words;
  if (verb !== 'install') return nothing;
  return {
    requirements: noDeps ? [] : packages,
    noDeps: noDeps ? packages : [],
    options: withoutEcho(options),
    unknown,
  };
}

const indexNames = ['--index-url=', '--extra-index-url='];
const trustName = '--trusted-host=';

/**
 * The options without those by which the SDK trusts each index again by its whole address. pip ignores an
 * address there, and uv would stop checking the host's certificate.
 */
function withoutEcho(options: readonly string[]): readonly string[] {
  const indexes = new Set(
    indexNames.flatMap((name) =>
      options.filter((option) => option.startsWith(name)).map((option) => option.slice(name.length)),
    ),
  );
  const isEcho = (value: string) => value.includes('://') && indexes.has(value);
  return options.filter(
    (option) => !(option.startsWith(trustName) && isEcho(option.slice(trustName.length))),
  );
}
