import { homedir } from 'node:os';
import path from 'node:path';
import type { Json, JsonObject } from '../../core/domain/json.ts';
import type { PackageSource, Remark } from '../../core/domain/pipeline.ts';
import { own } from '../../core/domain/own.ts';
import type { LocalSettings } from '../../core/ports/localSettings.ts';
import type { Judgement, Preparation } from '../../core/ports/pipelineBackend.ts';
import { hideLogins } from '../../core/text/logins.ts';
import { isWhole, wasTakenApart } from './environments/isWhole.ts';
import type { Home } from './home.ts';
import { pipelineParameters, withDefaults } from '../../core/pipelineSpec/parameters.ts';
import type { FoundPython, RunPython } from '../../core/ports/pythons.ts';
import type { RequestEnvironment } from './runs/createRun.ts';
import { environmentId, estimateBytes, planEnvironments, type EnvironmentPlan } from './spec/environments.ts';
import { isUnread } from './spec/importers.ts';
import { locatedPlans, missingPackages, type LocatedPlan } from './spec/localPackages.ts';
import { judge } from './spec/judge.ts';
import { packageSources } from '../../core/pipelineSpec/packageSources.ts';
import { pythonComponents } from '../../core/pipelineSpec/pythonComponent.ts';
import { sourceBlockers, type SourceRules } from './spec/sourceBlockers.ts';
import type { Specification } from '../../core/pipelineSpec/readSpecification.ts';

/** All that running a pipeline on this machine involves. */
export interface LocalPlan {
  readonly arguments: { readonly [name: string]: Json };
  readonly environments: readonly RequestEnvironment[];
  readonly executors: JsonObject;
  /** Ids of the environments that have to be built. */
  readonly missing: readonly string[];
  readonly sources: readonly PackageSource[];
  readonly preparation: Omit<Preparation, 'fingerprint'>;
}

/** Works out what a run needs: environments, packages to install, and what prevents it. */
export async function planLocalRun(
  specification: Specification,
  given: { readonly [name: string]: Json },
  python: RunPython,
  home: Home,
  settings: LocalSettings,
): Promise<LocalPlan> {
  const values = withDefaults(pipelineParameters(specification.spec), given);
  const judged = judge(specification.spec, specification.platform, values, specification.runtimeConfig);
  const wanted = planEnvironments(specification.spec).map((plan) => withArguments(plan, settings));
  const plans = await locatedPlans(wanted, specification.root);
  const lost = python.asItIs ? [] : await missingPackages(plans);
  const environments = plans.map((plan) => ({ plan, request: toEnvironment(plan, python, home) }));
  const missing = python.asItIs ? [] : await notReady(environments);
  const bytes = missing.reduce((sum, { plan }) => sum + estimateBytes(plan), 0);
  const install = missing.flatMap(({ plan }) => [...plan.requirements, ...plan.noDeps]);
  const sources = packageSources(specification.spec);
  return {
    arguments: values,
    environments: environments.map(({ request }) => request),
    executors: toExecutors(specification, environments),
    missing: missing.map(({ request }) => request.id),
    sources,
    preparation: {
      install: [...new Set(install)].map(hideLogins),
      ...(missing.length === 0 ? {} : { installBytes: bytes }),
      sources,
      runsOn: runsOn(python),
      blockers: [
        ...judged.blockers,
        ...sourceBlockers(specification.spec, settings),
        ...lost,
        ...sdkBlockers(python),
      ],
      notes: [...judged.notes, ...(specification.remarks ?? [])],
    },
  };
}

/** Blockers and notes of a pipeline with its default values, before its Python is known. */
export function judgeSpecification(
  { spec, platform, runtimeConfig }: Specification,
  rules: SourceRules,
): Judgement {
  const judged = judge(spec, platform, withDefaults(pipelineParameters(spec), {}), runtimeConfig);
  return { ...judged, blockers: [...judged.blockers, ...sourceBlockers(spec, rules)] };
}

function withArguments(plan: EnvironmentPlan, settings: LocalSettings): EnvironmentPlan {
  const { apart } = plan;
  return {
    ...plan,
    pipArguments: [...(settings.pipArguments ?? []), ...plan.pipArguments],
    ...(apart === undefined
      ? {}
      : { apart: apart.map((environment) => withArguments(environment, settings)) }),
  };
}

/** "Python 3.11.7 (/usr/bin/python3)". */
export function runsOn({ python }: FoundPython): string {
  return `Python ${python.version} (${fromHome(python.executable)})`;
}

/** "~/venv/bin/python" for a path in the person's home folder. */
function fromHome(file: string): string {
  const own = homedir() + path.sep;
  return file.startsWith(own) ? `~${path.sep}${file.slice(own.length)}` : file;
}

/** An environment in the form of request.json; its folder is named by its id. */
export function toEnvironment(plan: LocatedPlan, base: RunPython, home: Home): RequestEnvironment {
  const { python, asItIs } = base;
  const id = environmentId(plan, python);
  const { requirements, noDeps, pipArguments, contents } = plan;
  const common = {
    id,
    path: path.join(home.environments, id),
    requirements,
    noDeps,
    pipArguments,
    ...(contents === undefined ? {} : { contents }),
  };
  if (asItIs) return { ...common, python: python.executable };
  const apart = plan.apart?.map((part) => ({ ...toEnvironment(part, base, home), labels: part.labels }));
  return { ...common, ...(apart === undefined ? {} : { apart }) };
}

interface PlannedEnvironment {
  readonly plan: LocatedPlan;
  readonly request: RequestEnvironment;
}

async function notReady(environments: readonly PlannedEnvironment[]): Promise<readonly PlannedEnvironment[]> {
  const ready = await Promise.all(environments.map(({ request }) => isReady(request)));
  return environments.filter((_, index) => !ready[index]);
}

async function isReady({ path: folder, apart }: RequestEnvironment): Promise<boolean> {
  if (await isWhole(folder)) return true;
  if (apart === undefined || !(await wasTakenApart(folder))) return false;
  const ready = await Promise.all(apart.map((environment) => isWhole(environment.path)));
  return !ready.includes(false);
}

function sdkBlockers({ python, asItIs }: RunPython): readonly Remark[] {
  if (!asItIs || python.kfp !== undefined) return [];
  return [
    {
      what: 'no_kfp',
      message: `${python.executable}, which the setting mlops.local.environment names, has no Kubeflow Pipelines SDK.`,
      hint: `Install it there (${python.executable} -m pip install --no-deps kfp==2.17.0), or set mlops.local.environment to managed.`,
    },
  ];
}

function toExecutors(specification: Specification, environments: readonly PlannedEnvironment[]): JsonObject {
  const components = pythonComponents(specification.spec);
  const entries = Object.entries(specification.spec.deploymentSpec?.executors ?? {}).flatMap(
    ([label, executor]): [string, JsonObject][] => {
      if (executor.importer) {
        const unread = isUnread(label, specification.spec);
        return [[label, { kind: 'importer', spec: rawImporter(specification.json, label), unread }]];
      }
      const component = components.get(label);
      const environment = environments.find(({ plan }) => plan.labels.includes(label))?.request.id;
      if (!component || environment === undefined) return [];
      const env = Object.fromEntries(
        (executor.container?.env ?? []).map(({ name, value }) => [name, String(value ?? '')]),
      );
      const { source, function: function_, install } = component;
      return [
        [
          label,
          { kind: 'python', source, function: function_, environment, env, packages: install.requirements },
        ],
      ];
    },
  );
  return Object.fromEntries(entries);
}

/** The importer as the file has it, with the fields that are not read here. */
function rawImporter(spec: JsonObject, label: string): Json {
  const deployment = spec['deploymentSpec'] as JsonObject | undefined;
  const executors = deployment?.['executors'] as JsonObject | undefined;
  const executor = own(executors, label) as JsonObject | undefined;
  return executor?.['importer'] ?? {};
}
