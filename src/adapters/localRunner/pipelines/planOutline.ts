import type { LocalSettings } from '../../../core/ports/localSettings.ts';
import type { Preparation } from '../../../core/ports/pipelineBackend.ts';
import type { Home } from '../home.ts';
import { isWhole } from '../environments/isWhole.ts';
import { runsOn, toEnvironment } from '../preparation.ts';
import { COMPILER_BYTES } from '../environments/compilerEnvironment.ts';
import type { RunPython } from '../../../core/ports/pythons.ts';
import { requirementName } from '../../../core/pipelineSpec/requirements.ts';
import { estimateBytes } from '../spec/environments.ts';
import { DEFAULT_SDK } from '../../../core/pipelineSpec/pythonComponent.ts';
import { sourcesOf } from './outlines.ts';
import type { Outline } from './outlines.ts';

export interface OutlinedRun {
  readonly outline: Outline;
  /** The file as people name it. */
  readonly compiles: string;
  /** What has to be installed before it can be compiled. */
  readonly compiler: readonly string[];
}

/** What a run needs as far as the syntax tree says: its packages as if one environment served all of its components. */
export async function planOutline(
  { outline, compiles, compiler }: OutlinedRun,
  python: RunPython,
  home: Home,
  settings: LocalSettings,
): Promise<Omit<Preparation, 'fingerprint'>> {
  const hasSdk = outline.packages.some((one) => requirementName(one) === 'kfp');
  const plan = {
    requirements: outline.packages.toSorted(),
    noDeps: hasSdk ? [] : [DEFAULT_SDK],
    pipArguments: settings.pipArguments ?? [],
    labels: [],
  };
  const elsewhere = outline.indexUrls.length > 0 || outline.trustedHosts.length > 0;
  const ready = !elsewhere && (await isWhole(toEnvironment(plan, python, home).path));
  const packages = ready || python.asItIs ? [] : [...plan.requirements, ...plan.noDeps];
  const install = [...new Set([...compiler, ...packages])];
  const bytes = (packages.length > 0 ? estimateBytes(plan) : 0) + (compiler.length > 0 ? COMPILER_BYTES : 0);
  const message = outline.incomplete
    ? 'Its packages are not all known before it is compiled.'
    : 'What it needs is known in full once it is compiled.';
  return {
    install,
    ...(install.length > 0 ? { installBytes: bytes } : {}),
    compiles,
    sources: sourcesOf(outline),
    runsOn: runsOn(python),
    blockers: [],
    notes: [{ what: 'compiled_first', message, everywhere: true }],
  };
}
