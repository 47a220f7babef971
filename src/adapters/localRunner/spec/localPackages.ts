import { createHash } from 'node:crypto';
import { readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Remark } from '../../../core/domain/pipeline.ts';
import { ifThere } from '../../node/files.ts';
import { addressIn } from '../../../core/pipelineSpec/addresses.ts';
import { located, relativePath, withoutExtras } from '../../node/packagePaths.ts';
import type { EnvironmentPlan } from './environments.ts';

const mostFiles = 2000;
const largestFile = 1_000_000;
/** What building a package writes beside its source, and what does not belong to the source. */
const besides = /^(\..*|__pycache__|build|dist|node_modules|.*\.egg-info|venv)$/;

/** A plan whose packages on the disk are named by whole paths, with what they hold: another content is another environment. */
export interface LocatedPlan extends EnvironmentPlan {
  readonly contents?: readonly string[];
  readonly apart?: readonly LocatedPlan[];
}

/** Plans with absolute paths, since the installer does not run in the workspace. */
export async function locatedPlans<T extends EnvironmentPlan>(
  plans: readonly T[],
  root: string | undefined,
): Promise<readonly (T & LocatedPlan)[]> {
  return Promise.all(
    plans.map(async (plan) => {
      const requirements = plan.requirements.map((requirement) => located(requirement, root)).toSorted();
      const places = requirements.flatMap((requirement) => pathOf(requirement) ?? []);
      const contents = await Promise.all(places.map(contentOf));
      const apart = plan.apart && (await locatedPlans(plan.apart, root));
      return {
        ...plan,
        requirements,
        ...(contents.length === 0 ? {} : { contents }),
        ...(apart === undefined ? {} : { apart }),
      };
    }),
  );
}

/** Packages that are named by a path that does not exist. */
export async function missingPackages(plans: readonly EnvironmentPlan[]): Promise<readonly Remark[]> {
  const wanted = new Set(plans.flatMap(({ requirements }) => requirements));
  const remarks = await Promise.all([...wanted].map(missingPackage));
  return remarks.flatMap((remark) => remark ?? []);
}

async function missingPackage(requirement: string): Promise<Remark | undefined> {
  const relative = relativePath(requirement);
  const place = relative ?? pathOf(requirement);
  if (place === undefined || (relative === undefined && (await ifThere(stat(place))))) return undefined;
  return {
    what: 'local_package',
    message: `The package ${place}, which packages_to_install names by its path, is not there.`,
    hint: 'A path in packages_to_install starts at the workspace folder, and leads to a folder with a pyproject.toml.',
  };
}

/** The absolute path that a requirement names, also as an address. */
function pathOf(requirement: string): string | undefined {
  const address = addressIn(requirement);
  if (address === undefined) return undefined;
  if (path.isAbsolute(address)) return withoutExtras(address);
  if (!/^file:/i.test(address)) return undefined;
  try {
    return fileURLToPath(address);
  } catch {
    return undefined; // the installer says what is wrong with it
  }
}

/** Hash of the content of a folder or a file. */
async function contentOf(place: string): Promise<string> {
  const digest = createHash('sha256');
  for (const file of await filesOf(place))
    digest.update(`${path.relative(place, file)}\n${await stateOf(file)}\n`);
  return digest.digest('hex');
}

async function filesOf(place: string): Promise<readonly string[]> {
  const files: string[] = [];
  const waiting = [place];
  for (let next = waiting.pop(); next !== undefined && files.length < mostFiles; next = waiting.pop()) {
    const stats = await ifThere(stat(next));
    if (stats?.isFile()) files.push(next);
    if (!stats?.isDirectory()) continue;
    const folder = next;
    const names = (await readdir(folder)).filter((name) => !besides.test(name));
    waiting.push(...names.map((name) => path.join(folder, name)));
  }
  return files.toSorted();
}

async function stateOf(file: string): Promise<string> {
  const { size, mtimeMs } = await stat(file);
  if (size > largestFile) return `${size} ${mtimeMs}`;
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}
