import { pipInstalls, type PipInstall } from './pipInstall.ts';
import type { ContainerSpec, ExecutorSpec, PipelineSpec } from './schema.ts';

/** A component whose Python source is in the specification, so that it can run outside its image. */
export interface PythonComponent {
  readonly source: string;
  readonly function: string;
  readonly install: PipInstall;
}

/**
 * The kinds of container executors: Python that can run here, Python of SDK 1 in a form that cannot, Python
 * inside an image, or another program.
 */
export type ContainerKind =
  | { readonly kind: 'python'; readonly component: PythonComponent }
  | { readonly kind: 'legacy' }
  | { readonly kind: 'containerized' }
  | { readonly kind: 'container' };

/** The oldest SDK whose executor the runner can use; it replaces older ones. */
const oldestRuntime = [2, 5] as const;
export const defaultSdk = 'kfp==2.17.0';

/** The Python components of a pipeline by executor label. */
export function pythonComponents(spec: PipelineSpec): ReadonlyMap<string, PythonComponent> {
  const components = Object.entries(spec.deploymentSpec?.executors ?? {}).flatMap(([label, executor]) => {
    const component = pythonOf(executor, spec.sdkVersion);
    return component ? [[label, component] as const] : [];
  });
  return new Map(components);
}

function pythonOf(executor: ExecutorSpec, sdkVersion: string | undefined): PythonComponent | undefined {
  const kind = executor.container ? containerKind(executor.container, sdkVersion) : undefined;
  return kind?.kind === 'python' ? kind.component : undefined;
}

/** Recognizes by its command what a container runs. */
export function containerKind(container: ContainerSpec, sdkVersion: string | undefined): ContainerKind {
  const command = container.command ?? [];
  if (!command.some((word) => word.includes('executor_main'))) return { kind: 'container' };
  const function_ = functionName(container.args ?? []);
  const source = sourceAfterBoot(command);
  if (function_ === undefined) return { kind: 'container' };
  if (source === undefined) return { kind: holdsFunction(command, function_) ? 'legacy' : 'containerized' };
  const prelude = command.slice(0, bootIndex(command)).join('\n');
  return {
    kind: 'python',
    component: { source, function: function_, install: sdkApart(pipInstalls(prelude), sdkVersion) },
  };
}

function functionName(args: readonly unknown[]): string | undefined {
  const name = args[args.indexOf('--function_to_execute') + 1];
  return args.includes('--function_to_execute') && typeof name === 'string' ? name : undefined;
}

/** The index of the script that writes the source, which is the next word, to a file and runs it with the SDK's module. */
function bootIndex(command: readonly string[]): number {
  return command.findIndex(
    (word) =>
      word.includes('executor_main') &&
      (word.includes('ephemeral_component.py') || (word.includes('"$0"') && word.includes('-m kfp.'))),
  );
}

/** Whether the command contains the function, as SDK 1 writes it. */
function holdsFunction(command: readonly string[], name: string): boolean {
  return command.some((word) =>
    [...word.matchAll(/\bdef\s+(\w+)\s*\(/g)].some(([, defined]) => defined === name),
  );
}

function sourceAfterBoot(command: readonly string[]): string | undefined {
  const boot = bootIndex(command);
  return boot < 0 ? undefined : command[boot + 1];
}

/** Separates the SDK that the compiler added from the packages of the author. */
function sdkApart(install: PipInstall, sdkVersion: string | undefined): PipInstall {
  const isOwn = (name: string) => name === sdkPin(sdkVersion) && isReplaced(name);
  const own = install.requirements.filter(isOwn);
  // Only below Python 3.9, which is not supported here.
  const alone = install.noDeps.filter((name) => !name.startsWith('typing-extensions'));
  return {
    requirements: install.requirements.filter((name) => !isOwn(name)),
    noDeps: [...alone, ...own].map((name) => (isReplaced(name) ? defaultSdk : name)),
    options: install.options,
    unknown: install.unknown,
  };
}

/** `kfp==2.13.0` for the SDK that compiled a pipeline, unless it is too old, a pre-release, or unknown. */
export function sdkFor(sdkVersion: string | undefined): string {
  const pin = sdkPin(sdkVersion);
  return pin === undefined || isReplaced(pin) ? defaultSdk : pin;
}

/** `kfp==2.0.0-beta.16` for `kfp-2.0.0-beta.16`. */
function sdkPin(sdkVersion: string | undefined): string | undefined {
  return sdkVersion !== undefined && /^kfp-\d+(\.\d+)+[-.\w]*$/.test(sdkVersion)
    ? sdkVersion.replace('kfp-', 'kfp==')
    : undefined;
}

/** Whether a pin of the SDK is too old to be used here, or names a pre-release (`2.0.0-beta.16`, `2.15.0rc1`). */
function isReplaced(requirement: string): boolean {
  const match = /^kfp==(\d+)\.(\d+)(?:\.\d+)*([-.\w]*)$/.exec(requirement);
  if (!match) return false;
  const [major, minor] = [Number(match[1]), Number(match[2])];
  const old = major < oldestRuntime[0] || (major === oldestRuntime[0] && minor < oldestRuntime[1]);
  return old || /^[-._]?(a|alpha|b|beta|c|rc|pre|preview|dev)[-._]?\d*$/i.test(match[3] ?? '');
}
