import { describe, expect, it } from 'vitest';
import { pipelineWithPrelude } from '../../../../test/fakes/pipelineWithPrelude.ts';
import { planEnvironments } from './environments.ts';
import { packageSources } from '../../../core/pipelineSpec/packageSources.ts';
import { sourceBlockers } from './sourceBlockers.ts';

const managed = { environment: 'managed', allowInsecureIndexes: false };
const install = (words: string) => pipelineWithPrelude(`python3 -m pip install --quiet ${words}`);
const blockersOf = (words: string, rules = managed) =>
  sourceBlockers(install(words), rules).map(({ message }) => message.replace('Component fit ', ''));

describe('a pipeline’s packages and their sources', () => {
  it('are read from what the SDK compiles of pip_index_urls and packages_to_install', () => {
    const index = '--index-url http://127.0.0.1:9/simple --trusted-host http://127.0.0.1:9/simple';
    const pip = `python3 -m pip install --quiet --no-warn-script-location ${index}`;
    const prelude = `\nif ! [ -x "$(command -v pip)" ]; then\n    python3 -m ensurepip || python3 -m ensurepip --user || apt-get install python3-pip\nfi\n\nPIP_DISABLE_PIP_VERSION_CHECK=1 ${pip} 'acme-inner-tools==1.0'  &&  ${pip} 'kfp==2.17.0' '--no-deps' 'typing-extensions>=3.7.4,<5; python_version<"3.9"'`;
    const spec = pipelineWithPrelude(prelude);
    expect(packageSources(spec)).toEqual([{ kind: 'index', value: 'http://127.0.0.1:9/simple' }]);
    expect(sourceBlockers(spec, managed)).toEqual([]);
    expect(planEnvironments(spec)).toMatchObject([
      { requirements: ['acme-inner-tools==1.0'], noDeps: ['kfp==2.17.0'] },
    ]);
  });

  it('pass the installer no host that the SDK trusts only because it is an index', () => {
    const spec = install('--index-url https://a.example/simple --trusted-host https://a.example/simple x');
    expect(planEnvironments(spec)[0]?.pipArguments).toEqual(['--index-url=https://a.example/simple']);
    expect(sourceBlockers(spec, managed)).toEqual([]);
  });

  it('are never taken from environment variables', () => {
    const env = [
      { name: 'PIP_INDEX_URL', value: 'http://evil.example' },
      { name: 'UV_INDEX_URL', value: 'http://evil.example' },
      { name: 'HTTPS_PROXY', value: 'http://evil.example' },
      { name: 'SSL_CERT_FILE', value: '/tmp/evil.pem' },
    ];
    const spec = pipelineWithPrelude(
      'export PIP_PROXY=http://evil.example; PIP_INDEX_URL=http://evil.example pip install x',
      env,
    );
    expect(JSON.stringify(planEnvironments(spec))).not.toContain('evil');
    expect(planEnvironments(spec)).toMatchObject([{ requirements: ['x'], pipArguments: [] }]);
    expect(packageSources(spec)).toEqual([]);
  });
});

describe('blockers for package sources', () => {
  const open = (address: string) =>
    `takes packages from ${address}, where anybody on the way could change them.`;

  it.each([
    ['-i http://evil.example x', open('http://evil.example')],
    ['-iHTTP://evil.example x', open('HTTP://evil.example')],
    ['--extra-index-url=http://u:pw@evil.example x', open('http://u:••••@evil.example')],
    ['-f http://evil.example x', open('http://evil.example')],
    ['-f ftp://evil.example x', open('ftp://evil.example')],
    ["-f '\thttp://evil.example' x", open('http://evil.example')],
    ["-f 'ht\ttp://evil.example' x", open('ht\ttp://evil.example')],
    ["-f '/wheels http://evil.example' x", open('/wheels http://evil.example')],
    ['-i http://localhost.evil.example x', open('http://localhost.evil.example')],
    ['-i http://localhost@evil.example x', open('http://••••@evil.example')],
    ["-i 'http://127.0.0.1\\@evil.example' x", open('http://••••@evil.example')],
    ['-i http://127.0.0.1.evil.example x', open('http://127.0.0.1.evil.example')],
    ["'x @ http://evil.example/x.whl'", open('http://evil.example/x.whl')],
    ["'x@http://evil.example/x.whl'", open('http://evil.example/x.whl')],
    ['http://evil.example/x.whl', open('http://evil.example/x.whl')],
    ['git+http://evil.example/x.git', open('git+http://evil.example/x.git')],
    ['git+git://evil.example/x.git', open('git+git://evil.example/x.git')],
    ['git://evil.example/x.git', open('git://evil.example/x.git')],
    ["'x @ file://evil.example/share/x.whl'", open('file://evil.example/share/x.whl')],
    ["'http://evil.example/kfp.whl' --no-deps", open('http://evil.example/kfp.whl')],
    ['--trusted-host evil.example x', 'takes packages from evil.example without checking who that is.'],
    ['--trusted-host=* x', 'takes packages from * without checking who that is.'],
    ['--proxy evil.example:3128 x', 'fetches packages through the proxy evil.example:3128.'],
    ['--proxy=https://evil.example x', 'fetches packages through the proxy https://evil.example.'],
    ['--cert ./ca.pem x', 'checks and shows certificates by ./ca.pem.'],
  ])('refuse %s', (words, message) => {
    expect(blockersOf(words)).toEqual([message]);
    expect(blockersOf(words, { ...managed, allowInsecureIndexes: true })).toEqual([]);
  });

  it.each([
    ['-r http://evil.example/all.txt', '-r'],
    ['-rall.txt', '-r'],
    ['--requirement=all.txt', '--requirement'],
    ['-c https://a.example/pins.txt x', '-c'],
    ['-e .', '-e'],
    ['--config-settings=--global-option=x y', '--config-settings'],
    ['--global-option=x y', '--global-option'],
    ['--index http://evil.example x', '--index'],
    ['--extra http://evil.example x', '--extra'],
    ['--default-index=http://evil.example x', '--default-index'],
    ['--target /etc x', '--target'],
    ['--python=/usr/bin/python3 x', '--python'],
    ["'--index-url http://evil.example' x", '--index-url http://evil.example'],
    ["'--index-url http://u:pw@evil.example' x", '--index-url http://u:••••@evil.example'],
    ['x --index-url', '--index-url'],
    ['--index-url= x', '--index-url'],
    ['--pre=yes x', '--pre'],
    ['x -- -ihttp://evil.example', '--'],
    ['-', '-'],
  ])('refuse an unknown option: %s', (words, option) => {
    const message = `gives pip the option ${option}, which a pipeline cannot set on this machine.`;
    expect(blockersOf(words)).toContain(message);
    expect(blockersOf(words, { ...managed, allowInsecureIndexes: true })).toContain(message);
  });

  it.each([
    "'pandas --index-url=http://evil.example'",
    "' --index-url=http://evil.example'",
    "'x\n-i http://evil.example'",
  ])('refuse an option within a package: %s', (word) => {
    expect(blockersOf(word)).toContainEqual(expect.stringContaining('which names no package.'));
  });

  it.each([
    '-i https://a.example x',
    '-i http://localhost:8080/simple x',
    '-i http://127.0.0.1:9/simple --trusted-host http://127.0.0.1:9/simple x',
    "-i 'http://[::1]:9/simple' --trusted-host '[::1]:9' x",
    '-i http://user:pw@127.0.1.1/simple x',
    '--trusted-host localhost --proxy http://127.0.0.1:3128 x',
    '-f ./wheels --no-index x',
    "'x @ file:///srv/x.whl' ./y git+ssh://git@a.example/x.git git+file:///srv/x",
    '--pre --prefer-binary --only-binary=:all: --timeout 5 x',
    '--no-warn-script-location -vU --root-user-action=ignore --use-feature fast-deps x --no-deps',
    "'a>=1,<2' \"b; python_version < '3.9'\" 'c[d]==1.*'",
  ])('do not refuse: %s', (words) => {
    expect(blockersOf(words)).toEqual([]);
  });

  it('say what to do instead', () => {
    expect(sourceBlockers(install('-i http://evil.example x'), managed)).toEqual([
      {
        what: 'insecure_source',
        message:
          'Component fit takes packages from http://evil.example, where anybody on the way could change them.',
        hint: 'Use an address with https, or switch on the setting mlops.local.allowInsecureIndexes.',
      },
    ]);
  });

  it('are absent where nothing is installed', () => {
    expect(
      blockersOf('-i http://evil.example -r x.txt', { ...managed, environment: '/venv/bin/python' }),
    ).toEqual([]);
  });
});
