import { describe, expect, it } from 'vitest';
import { environmentId, estimateBytes, planEnvironments } from './environments.ts';
import { pipelineSpecSchema } from '../../../core/pipelineSpec/schema.ts';

const pip = (words: string) => `python3 -m pip install ${words} && "$0" "$@"`;
const specWith = (installs: { readonly [label: string]: string | undefined }, sdkVersion?: string) =>
  pipelineSpecSchema.parse({
    pipelineInfo: { name: 'x' },
    root: {},
    sdkVersion,
    deploymentSpec: {
      executors: Object.fromEntries(
        Object.entries(installs).map(([label, install]) => {
          const prelude = install === undefined ? [] : ['sh', '-c', pip(install)];
          const boot = 'python3 -m kfp.dsl.executor_main ephemeral_component.py';
          return [
            label,
            {
              container: {
                command: [...prelude, 'sh', '-ec', boot, 'source'],
                args: ['--function_to_execute', 'f'],
              },
            },
          ];
        }),
      ),
    },
  });

describe('planEnvironments', () => {
  it('plans one environment for all components whose packages are compatible', () => {
    const spec = specWith({ a: "'pandas' 'numpy<2'", b: "'pandas'", c: undefined }, 'kfp-2.13.0');
    expect(planEnvironments(spec)).toEqual([
      {
        requirements: ['numpy<2', 'pandas'],
        noDeps: ['kfp==2.13.0'],
        pipArguments: [],
        labels: ['a', 'b', 'c'],
        apart: [
          expect.objectContaining({ requirements: ['numpy<2', 'pandas'], labels: ['a'] }),
          expect.objectContaining({ requirements: ['pandas'], labels: ['b'] }),
          expect.objectContaining({ requirements: [], labels: ['c'] }),
        ],
      },
    ]);
  });

  it('plans one environment for each set when components want different versions of a package', () => {
    const plans = planEnvironments(
      specWith({ a: "'Scikit_Learn==1.4'", b: "'scikit-learn==1.5'", c: "'scikit-learn==1.5'" }),
    );
    expect(plans.map(({ requirements, labels }) => ({ requirements, labels }))).toEqual([
      { requirements: ['Scikit_Learn==1.4'], labels: ['a'] },
      { requirements: ['scikit-learn==1.5'], labels: ['b', 'c'] },
    ]);
  });

  it('splits an environment only where there are several sets of packages', () => {
    const [plan] = planEnvironments(specWith({ a: "'pandas'", b: "'pandas'" }));
    expect(plan).not.toHaveProperty('apart');
  });

  it('plans two environments for packages from different sources', () => {
    expect(planEnvironments(specWith({ a: "-i https://a.example 'x'", b: "'y'" }))).toHaveLength(2);
    expect(planEnvironments(specWith({ a: "-i https://a.example 'x'", b: undefined }))).toHaveLength(1);
  });

  it('installs the newest SDK that any component asks for, once', () => {
    const spec = specWith({ a: "'kfp==2.9.0' --no-deps", b: "'kfp==2.13.0' --no-deps" }, 'kfp-2.8.0');
    expect(planEnvironments(spec)[0]?.noDeps).toEqual(['kfp==2.13.0']);
    expect(planEnvironments(specWith({ a: "'kfp==2.17.0'" }, 'kfp-2.17.0'))[0]).toMatchObject({
      requirements: ['kfp==2.17.0'],
      noDeps: [],
    });
    expect(
      planEnvironments(specWith({ a: "'git+https://x/y.git#subdirectory=sdk/python' --no-deps" }))[0]?.noDeps,
    ).toHaveLength(1);
  });

  it('plans no environment without Python components', () => {
    expect(planEnvironments(specWith({}))).toEqual([]);
  });
});

describe('environmentId', () => {
  const python = { executable: '/usr/bin/python3', version: '3.11.7', platform: 'linux' };
  const plan = { requirements: ['a', 'b'], noDeps: ['kfp==2.17.0'], pipArguments: [], labels: [] };

  it('depends on the environment’s contents and the Python, not on their order', () => {
    const id = environmentId(plan, python);
    expect(environmentId({ ...plan, requirements: ['b', 'a'], labels: ['x'] }, python)).toBe(id);
    const others = [
      environmentId({ ...plan, requirements: ['a'] }, python),
      environmentId({ ...plan, noDeps: [] }, python),
      environmentId({ ...plan, pipArguments: ['--pre'] }, python),
      environmentId(plan, { ...python, version: '3.11.8' }),
      environmentId(plan, { ...python, executable: '/opt/python3' }),
    ];
    expect(new Set([id, ...others]).size).toBe(6);
    expect(id).toMatch(/^[0-9a-f]{12}$/);
  });
});

it('estimates about 300 MB on disk for scikit-learn', () => {
  const plan = { requirements: ['scikit-learn==1.5'], noDeps: ['kfp==2.17.0'], pipArguments: [], labels: [] };
  expect(estimateBytes(plan)).toBe(305_000_000);
});
