import { createHash } from 'node:crypto';
import { own } from '../../../core/domain/own.ts';
import type { PipInstall } from '../../../core/pipelineSpec/pipInstall.ts';
import {
  pythonComponents,
  sdkFor,
  type PythonComponent,
} from '../../../core/pipelineSpec/pythonComponent.ts';
import { requirementName } from '../../../core/pipelineSpec/requirements.ts';
import type { PipelineSpec } from '../../../core/pipelineSpec/schema.ts';

/** The packages of one Python environment, and which executors use it. */
export interface EnvironmentPlan {
  readonly requirements: readonly string[];
  readonly noDeps: readonly string[];
  readonly pipArguments: readonly string[];
  readonly labels: readonly string[];
  /** The sets of packages to install separately when they exclude each other; absent where there is one set. */
  readonly apart?: readonly EnvironmentPlan[];
}

/** What makes two environments the same: the interpreter they are made from. */
export interface BasePython {
  readonly executable: string;
  readonly version: string;
  readonly platform: string;
}

/**
 * Which environments a pipeline needs: one for all its components, unless two of them name the same package with
 * different requirements or take packages from different places; then one for each distinct set. What else excludes each
 * other only the installer can say: then the one is taken `apart`.
 */
export function planEnvironments(spec: PipelineSpec): readonly EnvironmentPlan[] {
  const components = [...pythonComponents(spec)];
  if (components.length === 0) return [];
  const fallback = sdkFor(spec.sdkVersion);
  const groups = new Map<string, (readonly [string, PythonComponent])[]>();
  for (const entry of components) {
    const { requirements, options } = entry[1].install;
    const key = JSON.stringify([requirements.toSorted(), options.toSorted()]);
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  const apart = [...groups.values()].map((group) => merge(group, fallback));
  if (conflicting(components.map(([, component]) => component.install))) return apart;
  return [{ ...merge(components, fallback), ...(apart.length > 1 ? { apart } : {}) }];
}

function conflicting(installs: readonly PipInstall[]): boolean {
  const wanted = new Map<string, string>();
  for (const requirement of installs.flatMap((install) => install.requirements)) {
    const name = requirementName(requirement);
    const before = wanted.get(name);
    if (before !== undefined && before !== requirement) return true;
    wanted.set(name, requirement);
  }
  const indexes = installs
    .filter((install) => install.requirements.length > 0)
    .map((install) => JSON.stringify(install.options.toSorted()));
  return new Set(indexes).size > 1;
}

function merge(group: readonly (readonly [string, PythonComponent])[], fallback: string): EnvironmentPlan {
  const collect = (pick: (install: PipInstall) => readonly string[]) =>
    [...new Set(group.flatMap(([, component]) => pick(component.install)))].toSorted();
  const requirements = collect((install) => install.requirements);
  const alone = collect((install) => install.noDeps);
  const hasSdk = requirements.some(isSdk);
  const pins = alone.filter(isSdk);
  const newest = pins.toSorted(byVersion).at(-1) ?? fallback;
  const noDeps = [...alone.filter((name) => !isSdk(name)), ...(hasSdk ? [] : [newest])];
  return {
    requirements,
    noDeps,
    pipArguments: collect((install) => install.options),
    labels: group.map(([label]) => label),
  };
}

function isSdk(requirement: string): boolean {
  return requirementName(requirement) === 'kfp';
}

function byVersion(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

/** The short id of an environment: the same for the same packages on the same Python, whatever their order. */
export function environmentId(
  plan: EnvironmentPlan & { readonly contents?: readonly string[] },
  python: BasePython,
): string {
  const parts = [
    plan.requirements.toSorted(),
    plan.noDeps.toSorted(),
    plan.pipArguments,
    python.version,
    python.executable,
    python.platform,
    ...(plan.contents ?? []),
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12);
}

const mb = 1_000_000;
/** Rough sizes on disk of common packages with their dependencies. */
const sizes: { readonly [name: string]: number } = {
  torch: 5500,
  tensorflow: 1900,
  transformers: 400,
  'scikit-learn': 300,
  pandas: 190,
  pyarrow: 160,
  xgboost: 900,
  lightgbm: 280,
  matplotlib: 110,
  scipy: 150,
  numpy: 70,
  kfp: 115,
  mlflow: 700,
};
const sharedNumpyMb = 70;

/** A rough size on disk in bytes of what an environment installs. */
export function estimateBytes(plan: EnvironmentPlan): number {
  const names = [...new Set(plan.requirements.map(requirementName))];
  const known = names.flatMap((name) => own(sizes, name) ?? []);
  const sharing = names.filter((name) =>
    ['scikit-learn', 'pandas', 'matplotlib', 'scipy', 'xgboost', 'lightgbm'].includes(name),
  ).length;
  const total = known.reduce((sum, size) => sum + size, 0) - Math.max(0, sharing - 1) * sharedNumpyMb;
  const unknown = names.filter((name) => own(sizes, name) === undefined).length;
  return (total + unknown * 10 + plan.noDeps.length * 5) * mb;
}
