import path from 'node:path';
import { ensureCached, system } from '../../../scripts/lib/cache.mjs';
import { mustRun, runCommand } from '../../../scripts/lib/runCommand.mjs';

/** A program of the cluster, built from the Go module that its folder below `programs/` pins. */
interface Program {
  readonly name: 'etcd' | 'kube-apiserver' | 'kwok';
  readonly version: string;
  readonly package: string;
  /** Without it the program tells another version of itself. */
  readonly flags?: string;
}

const stamp = 'k8s.io/component-base/version';

const programs: readonly Program[] = [
  { name: 'etcd', version: '3.7.3', package: 'go.etcd.io/etcd/server/v3' },
  { name: 'kwok', version: '0.8.0', package: 'sigs.k8s.io/kwok/cmd/kwok' },
  {
    name: 'kube-apiserver',
    version: '1.34.4',
    package: 'k8s.io/kubernetes/cmd/kube-apiserver',
    flags: `-X ${stamp}.gitVersion=v1.34.4 -X ${stamp}.gitMajor=1 -X ${stamp}.gitMinor=34`,
  },
];

export type Programs = { readonly [name in Program['name']]: string };

/** Why they cannot be built here; undefined where they can. */
export async function cannotBuild(): Promise<string | undefined> {
  if (process.platform === 'win32') return 'The cluster of the tests needs a shell of Unix.';
  const { code } = await runCommand('go', ['version']);
  return code === 0 ? undefined : 'The cluster of the tests is built with Go, which is not here.';
}

/**
 * The programs of a cluster, which are built at the first use and kept by version. Building takes minutes and lets
 * everything else go first.
 */
export async function ensurePrograms(): Promise<Programs> {
  const built: [string, string][] = [];
  for (const program of programs) {
    const folder = await ensureCached(`${program.name}-${program.version}-${system}`, (into) =>
      build(program, into),
    );
    built.push([program.name, path.join(folder, program.name)]);
  }
  return Object.fromEntries(built) as Programs;
}

async function build({ name, package: source, flags = '' }: Program, into: string): Promise<void> {
  const out = path.join(into, name);
  const args = ['build', '-trimpath', '-ldflags', `-s -w ${flags}`, '-o', out, source];
  await mustRun('nice', ['-n', '19', 'go', ...args], {
    cwd: path.join(import.meta.dirname, 'programs', name),
    env: { ...process.env, GOFLAGS: '-mod=readonly' },
  });
}
