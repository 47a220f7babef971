import { describe, expect, it } from 'vitest';
import { containerKind, sdkFor } from './pythonComponent.ts';

const boot = (module = 'kfp.dsl.executor_main') =>
  `program_path=$(mktemp -d)\nprintf "%s" "$0" > "$program_path/ephemeral_component.py"\n_KFP_RUNTIME=true python3 -m ${module} --component_module_path "$program_path/ephemeral_component.py" "$@"\n`;
const prelude = (commands: string) =>
  `\nif ! [ -x "$(command -v pip)" ]; then\n    python3 -m ensurepip || python3 -m ensurepip --user || apt-get install python3-pip\nfi\n\nPIP_DISABLE_PIP_VERSION_CHECK=1 ${commands} && "$0" "$@"\n`;
const pip = 'python3 -m pip install --quiet --no-warn-script-location';
const args = ['--executor_input', '{{$}}', '--function_to_execute', 'train'];
const source = '\nimport kfp\n\ndef train(): pass\n';

const installOf = (commands: string, sdk = 'kfp-2.17.0', module?: string) => {
  const command = ['sh', '-c', prelude(commands), 'sh', '-ec', boot(module), source];
  const container = containerKind(
    { image: 'python:3.11', command, args, env: undefined, resources: undefined },
    sdk,
  );
  return container.kind === 'python' ? container.component.install : container;
};

describe('what a component installs', () => {
  it('lists the KFP SDK apart from the other packages, whatever the order', () => {
    const sdk = `${pip} 'kfp==2.17.0' '--no-deps' 'typing-extensions>=3.7.4,<5; python_version<"3.9"'`;
    const wanted = {
      requirements: ['pandas>=2', "six; python_version<'3.9'"],
      noDeps: ['kfp==2.17.0'],
      options: [],
      unknown: [],
    };
    expect(installOf(`${pip} 'pandas>=2' "six; python_version<'3.9'"  &&  ${sdk}`)).toEqual(wanted);
    expect(installOf(`${sdk}  &&  ${pip} 'pandas>=2' "six; python_version<'3.9'"`)).toEqual(wanted);
  });

  it('includes the package indexes', () => {
    const from =
      '--index-url https://a.example/simple --extra-index-url https://b.example --trusted-host a.example';
    expect(installOf(`${pip} ${from} 'pandas'`)).toEqual({
      requirements: ['pandas'],
      noDeps: [],
      options: [
        '--index-url=https://a.example/simple',
        '--extra-index-url=https://b.example',
        '--trusted-host=a.example',
      ],
      unknown: [],
    });
  });

  it('replaces an SDK that is too old to run here, also as old compilers wrote it', () => {
    expect(installOf(`${pip} 'pandas' 'kfp==2.0.1'`, 'kfp-2.0.1', 'kfp.components.executor_main')).toEqual({
      requirements: ['pandas'],
      noDeps: ['kfp==2.17.0'],
      options: [],
      unknown: [],
    });
    expect(installOf(`${pip} 'kfp==2.4.0' '--no-deps'`, 'kfp-2.4.0')).toMatchObject({
      noDeps: ['kfp==2.17.0'],
    });
    expect(installOf(`${pip} 'kfp==2.7.0' '--no-deps'`, 'kfp-2.7.0')).toMatchObject({
      noDeps: ['kfp==2.7.0'],
    });
  });

  it.each(['2.0.0-beta.16', '2.0.0-alpha.1', '2.0.0-rc.2', '2.0.0b16', '2.15.0rc1', '2.16.0.dev3'])(
    'replaces the pre-release %s of the SDK',
    (version) => {
      const wanted = { requirements: ['pandas'], noDeps: ['kfp==2.17.0'], options: [], unknown: [] };
      expect(installOf(`${pip} 'pandas' 'kfp==${version}'`, `kfp-${version}`)).toEqual(wanted);
      expect(installOf(`${pip} 'pandas' && ${pip} 'kfp==${version}' '--no-deps'`, `kfp-${version}`)).toEqual(
        wanted,
      );
      expect(sdkFor(`kfp-${version}`)).toBe('kfp==2.17.0');
    },
  );

  it('keeps a post-release of the SDK', () => {
    expect(sdkFor('kfp-2.13.0.post1')).toBe('kfp==2.13.0.post1');
  });

  it('includes the dependencies of an SDK that the author listed', () => {
    expect(installOf(`${pip} 'kfp==2.17.0' 'pandas'`)).toEqual({
      requirements: ['kfp==2.17.0', 'pandas'],
      noDeps: [],
      options: [],
      unknown: [],
    });
  });

  it('is read from a script with a venv, continued lines and short options', () => {
    expect(
      installOf(
        `\nexport X=1\npython3 -m venv "$tmp/venv"\n. "$tmp/venv/bin/activate"\n ${pip} \\\n  -i https://a.example 'x y.whl' 'kfp==2.17.0' --no-deps`,
      ),
    ).toEqual({
      requirements: [],
      noDeps: ['x y.whl', 'kfp==2.17.0'],
      options: ['--index-url=https://a.example'],
      unknown: [],
    });
  });
});

describe('what a container runs', () => {
  const kind = (command: string[], more: string[] = args) =>
    containerKind({ image: 'x', command, args: more, env: undefined, resources: undefined }, undefined).kind;

  it('is a lightweight Python component, a containerized one, or another program', () => {
    expect(kind(['sh', '-ec', boot(), source])).toBe('python');
    expect(kind(['python3', '-m', 'kfp.dsl.executor_main'])).toBe('containerized');
    expect(kind(['echo'])).toBe('container');
    expect(kind([])).toBe('container');
    expect(kind(['sh', '-ec', boot(), source], [])).toBe('container');
  });

  it('includes the source and the function of a lightweight component', () => {
    const command = ['sh', '-ec', boot(), source];
    const container = containerKind(
      { image: 'x', command, args, env: undefined, resources: undefined },
      undefined,
    );
    expect(container).toMatchObject({
      component: { source, function: 'train', install: { requirements: [], noDeps: [] } },
    });
  });
});

it('sdkFor gives the SDK of a pipeline, or ours where that is too old or unknown', () => {
  expect(['kfp-2.13.0', 'kfp-2.0.1', 'kfp-2.15.0rc1', undefined].map(sdkFor)).toEqual([
    'kfp==2.13.0',
    'kfp==2.17.0',
    'kfp==2.17.0',
    'kfp==2.17.0',
  ]);
});
