import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ConnectionCheck, Finding } from '../../core/ports/connectionChecks.ts';
import { errorCode, MlopsError } from '../../core/ports/mlopsError.ts';
import type { Pythons } from '../../core/ports/pythons.ts';
import { asName } from '../../core/text/literal.ts';

/** What the checks of a home need. */
export interface HomeCheckDeps {
  /** The folder of the home, which may not exist yet. */
  readonly folder: string;
  readonly pythons: () => Promise<Pythons>;
}

/** The steps of checking a home on this machine: the Python that runs use, and the folder that they are kept in. */
export function homeChecks({ folder, pythons }: HomeCheckDeps): readonly ConnectionCheck[] {
  return [
    { what: 'Python', check: async (signal) => pythonFound(await pythons(), signal) },
    { what: 'home', check: () => homeWritable(folder) },
  ];
}

async function pythonFound(pythons: Pythons, signal: AbortSignal): Promise<Finding> {
  const found = await pythons.forRuns(signal);
  if (!('blocker' in found))
    return { state: 'good', words: `It is ${found.python.version}, from ${asName(found.from)}.` };
  const { message, hint } = found.blocker;
  return { state: 'wrong', words: message, ...(hint === undefined ? {} : { fix: hint }) };
}

async function homeWritable(folder: string): Promise<Finding> {
  const place = await existing(folder);
  try {
    if (!(await stat(place)).isDirectory())
      throw new MlopsError('invalid', `${asName(place)} is a file, where the home should be a folder.`, {
        hint,
      });
    await access(place, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    if (error instanceof MlopsError) throw error;
    throw new MlopsError('forbidden', `You may not write to ${asName(place)}, where runs are kept.`, {
      hint,
      cause: error,
    });
  }
  const words =
    place === folder ? `${asName(folder)} can be written to.` : `${asName(folder)} is made by the first run.`;
  return { state: 'good', words };
}

const hint = 'Give yourself the rights, or name another folder in the setting mlops.local.home.';

/** The folder, or the nearest one above it that exists. */
async function existing(folder: string): Promise<string> {
  try {
    await stat(folder);
    return folder;
  } catch (error) {
    const above = path.dirname(folder);
    return errorCode(error) === 'ENOENT' && above !== folder ? existing(above) : folder;
  }
}
