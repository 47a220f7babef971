import type { GivenOutline } from '../../core/pipelineSpec/givenPipeline.ts';
import { defaultSdk } from '../../core/pipelineSpec/pythonComponent.ts';
import { requirementName } from '../../core/pipelineSpec/requirements.ts';
import type { LocalSettings } from '../../core/ports/localSettings.ts';
import type { Preparation } from '../../core/ports/pipelineBackend.ts';
import type { RunPython } from '../../core/ports/pythons.ts';
import { isWhole } from './environments/isWhole.ts';
import type { Home } from './home.ts';
import { runsOn, toEnvironment } from './preparation.ts';
import { estimateBytes } from './spec/environments.ts';

/** What a run needs as far as the syntax tree shows, as if one environment served all components. */
export async function planOutline(
  { pipeline: { packages, sources } }: GivenOutline,
  python: RunPython,
  home: Home,
  settings: LocalSettings,
): Promise<Omit<Preparation, 'fingerprint'>> {
  const hasSdk = packages.some((requirement) => requirementName(requirement) === 'kfp');
  const plan = {
    requirements: packages.toSorted(),
    noDeps: hasSdk ? [] : [defaultSdk],
    pipArguments: settings.pipArguments ?? [],
    labels: [],
  };
  const ready = sources.length === 0 && (await isWhole(toEnvironment(plan, python, home).path));
  const install = ready || python.asItIs ? [] : [...new Set([...plan.requirements, ...plan.noDeps])];
  return {
    install,
    ...(install.length > 0 ? { installBytes: estimateBytes(plan) } : {}),
    sources,
    runsOn: runsOn(python),
    blockers: [],
    notes: [],
  };
}
