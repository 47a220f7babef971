import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { ConnectionId } from '../../core/domain/connection.ts';
import type { JsonObject } from '../../core/domain/json.ts';
import type { PackageSource, PipelineId } from '../../core/domain/pipeline.ts';
import type { LocalSettings } from '../../core/ports/localSettings.ts';
import type { RunPython } from '../../core/ports/pythons.ts';
import type { RequestEnvironment } from './runs/createRun.ts';
import type { Specification } from '../../core/pipelineSpec/readSpecification.ts';

/** The parts of a run: the same objects that its request is written from. */
export interface RunParts {
  readonly connection: ConnectionId;
  readonly pipeline: PipelineId;
  /** Undefined for a Python file that nothing here can compile yet. */
  readonly specification: Specification | undefined;
  /** Hash of a Python file that is not approved yet. */
  readonly content?: string | undefined;
  readonly executors: JsonObject;
  readonly environments: readonly RequestEnvironment[];
  /** Ids of the environments that have to be built first. */
  readonly missing: readonly string[];
  readonly sources: readonly PackageSource[];
  readonly python: RunPython;
  readonly settings: LocalSettings;
}

const parts = z.object({
  code: z.string(),
  packages: z.string(),
  sources: z.string(),
  python: z.string(),
  settings: z.string(),
  /** The whole specification: whatever the parts above leave out counts as code. */
  spec: z.string(),
  missing: z.array(z.string()),
});
type Parts = z.infer<typeof parts>;

/** A text that stays the same as long as the run would be the same: a hash for each of its parts. */
export function runFingerprint(run: RunParts): string {
  const { specification, executors, environments, python, settings } = run;
  const { deploymentSpec: _executors, ...graph } = specification?.json ?? {};
  const code = Object.entries(executors).map(([label, executor]) => {
    const { environment: _id, packages: _packages, ...rest } = executor as JsonObject;
    return [label, rest];
  });
  const made: Parts = {
    code: hash([run.pipeline, graph, code, run.content]),
    packages: hash(
      environments.map(({ requirements, noDeps, contents = [] }) => [requirements, noDeps, contents]),
    ),
    sources: hash([run.sources, environments.map(({ pipArguments }) => pipArguments)]),
    python: hash([
      python.python.executable,
      python.python.version,
      python.python.platform,
      python.asItIs,
      python.uv,
    ]),
    settings: hash([
      run.connection,
      settings.environment,
      settings.passEnvironment.toSorted(),
      settings.allowInsecureIndexes,
    ]),
    spec: hash([specification?.json, specification?.platform]),
    missing: [...run.missing],
  };
  return JSON.stringify(made);
}

/**
 * What differs from the run that was agreed to, in words; empty when it may start. An environment that has been built since
 * is no difference; one that has to be built again is.
 */
export function changedParts(agreed: string, now: string): readonly string[] {
  const [before, after] = [read(agreed), read(now)];
  if (before === undefined || after === undefined) return ['what it does'];
  const changed = (part: Exclude<keyof Parts, 'missing'>) => before[part] !== after[part];
  const words = [
    changed('code') ? 'its code' : '',
    changed('packages') ? 'its packages' : '',
    changed('sources') ? 'where its packages come from' : '',
    changed('python') ? 'the Python that runs it' : '',
    changed('settings') ? 'the settings for runs' : '',
  ].filter((word) => word !== '');
  if (words.length > 0) return words;
  if (changed('spec')) return ['its code'];
  return after.missing.some((id) => !before.missing.includes(id)) ? ['what has to be installed'] : [];
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url');
}

function read(text: string): Parts | undefined {
  try {
    return parts.parse(JSON.parse(text));
  } catch {
    return undefined; // not one of ours
  }
}
