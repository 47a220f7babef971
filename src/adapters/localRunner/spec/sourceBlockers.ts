import type { PackageSource, Remark } from '../../../core/domain/pipeline.ts';
import { isLoopbackHost, isPlain } from '../../../core/pipelineSpec/addresses.ts';
import { shownSource, sourcesOf } from '../../../core/pipelineSpec/packageSources.ts';
import { pythonComponents } from '../../../core/pipelineSpec/pythonComponent.ts';
import type { PipelineSpec } from '../../../core/pipelineSpec/schema.ts';
import type { LocalSettings } from '../../../core/ports/localSettings.ts';
import { hideLogins } from '../../../core/text/logins.ts';

/** The settings that decide which sources are refused. */
export type SourceRules = Pick<LocalSettings, 'environment' | 'allowInsecureIndexes'>;

/**
 * Why a pipeline's packages are not installed as it asks: sources that could be changed on the way, checks that are
 * switched off, unknown options. Empty where nothing is installed.
 */
export function sourceBlockers(
  spec: PipelineSpec,
  { environment, allowInsecureIndexes }: SourceRules,
): readonly Remark[] {
  if (environment !== 'managed') return [];
  return [...pythonComponents(spec)].flatMap(([label, { install }]) => {
    const component = `Component ${label.replace(/^exec-/, '')}`;
    const insecure = allowInsecureIndexes ? [] : sourcesOf(install);
    return [
      ...insecure.flatMap((source) => refusal(component, source)),
      ...install.unknown.map((option) => unknownOption(component, option)),
      ...[...install.requirements, ...install.noDeps]
        .filter(isNoPackage)
        .map((text) => noPackage(component, text)),
    ];
  });
}

/** Why a source is refused, and what to do instead. */
interface Refusal {
  readonly does: (value: string) => string;
  readonly instead: string;
}

const inTheOpen: Refusal = {
  does: (value) => `takes packages from ${value}, where anybody on the way could change them`,
  instead: 'Use an address with https',
};
const refusals: { readonly [kind in PackageSource['kind']]: Refusal } = {
  index: inTheOpen,
  extraIndex: inTheOpen,
  findLinks: inTheOpen,
  other: inTheOpen,
  trustedHost: {
    does: (value) => `takes packages from ${value} without checking who that is`,
    instead: 'Leave it out of pip_trusted_hosts',
  },
  proxy: {
    does: (value) => `fetches packages through the proxy ${value}`,
    instead: 'Name the proxy in your own settings of pip (pip config set global.proxy)',
  },
  certificate: {
    does: (value) => `checks and shows certificates by ${value}`,
    instead: 'Name the certificate in your own settings of pip (pip config set global.cert)',
  },
};

function refusal(component: string, source: PackageSource): readonly Remark[] {
  if (!isInsecure(source)) return [];
  const { does, instead } = refusals[source.kind];
  return [
    {
      what: 'insecure_source',
      message: `${component} ${does(shownSource(source).value)}.`,
      hint: `${instead}, or switch on the setting mlops.local.allowInsecureIndexes.`,
    },
  ];
}

function isInsecure({ kind, value }: PackageSource): boolean {
  if (kind === 'certificate') return true;
  if (kind === 'trustedHost' || kind === 'proxy') return !isLoopbackHost(value);
  return isPlain(value);
}

function unknownOption(component: string, option: string): Remark {
  return {
    what: 'pip_option',
    message: `${component} gives pip the option ${hideLogins(option)}, which a pipeline cannot set on this machine.`,
    hint: 'Take it out of packages_to_install; what you want for every install belongs in your own settings of pip.',
  };
}

/** True for a requirement that an installer would not read as one package: with an option in it, or several lines. */
function isNoPackage(requirement: string): boolean {
  return requirement.trim() === '' || /^\s*-|\s-|\p{Cc}/u.test(requirement);
}

function noPackage(component: string, text: string): Remark {
  return {
    what: 'no_package',
    message: `${component} asks for ${JSON.stringify(hideLogins(text))}, which names no package.`,
    hint: 'Each entry of packages_to_install is one package, as pandas==2.2.3.',
  };
}
