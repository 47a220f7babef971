import { own } from '../domain/own.ts';
import type { PackageSource } from '../domain/pipeline.ts';
import { hideLogin, hideLogins } from '../text/logins.ts';
import { addressIn } from './addresses.ts';
import type { PipInstall } from './pipInstall.ts';
import { pythonComponents } from './pythonComponent.ts';
import type { PipelineSpec } from './schema.ts';

const kinds: { readonly [option: string]: PackageSource['kind'] } = {
  '--index-url': 'index',
  '--extra-index-url': 'extraIndex',
  '--find-links': 'findLinks',
  '--trusted-host': 'trustedHost',
  '--proxy': 'proxy',
  '--cert': 'certificate',
  '--client-cert': 'certificate',
};

/** The sources that a pipeline names for its packages, each once, logins hidden. */
export function packageSources(spec: PipelineSpec): readonly PackageSource[] {
  const sources = [...pythonComponents(spec).values()].flatMap(({ install }) =>
    sourcesOf(install).map(shownSource),
  );
  return [...new Map(sources.map((source) => [`${source.kind} ${source.value}`, source])).values()];
}

/** The sources that one component names. */
export function sourcesOf({ options, requirements, noDeps }: PipInstall): readonly PackageSource[] {
  const named = options.flatMap((option): PackageSource[] => {
    const [name = ''] = option.split('=', 1);
    const kind = own(kinds, name);
    return kind === undefined ? [] : [{ kind, value: option.slice(name.length + 1) }];
  });
  const direct = [...requirements, ...noDeps].flatMap((requirement): PackageSource[] => {
    const value = addressIn(requirement);
    return value === undefined ? [] : [{ kind: 'other', value }];
  });
  return [...named, ...direct];
}

/** A package source with the login in its address hidden. */
export function shownSource({ kind, value }: PackageSource): PackageSource {
  return { kind, value: kind === 'proxy' ? hideLogin(value) : hideLogins(value) };
}
