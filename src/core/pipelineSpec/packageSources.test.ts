import { describe, expect, it } from 'vitest';
import { pipelineWithPrelude } from '../../../test/fakes/pipelineWithPrelude.ts';
import { packageSources } from './packageSources.ts';

const sourcesOf = (words: string) =>
  packageSources(pipelineWithPrelude(`python3 -m pip install --quiet ${words}`)).map(
    ({ kind, value }) => `${kind} ${value}`,
  );

describe('the package sources of a pipeline', () => {
  it.each([
    ['-i https://a.example x', ['index https://a.example']],
    ['-ihttps://a.example x', ['index https://a.example']],
    ['-qi https://a.example x', ['index https://a.example']],
    ['-qUihttps://a.example x', ['index https://a.example']],
    ['--index-url https://a.example x', ['index https://a.example']],
    ['--index-url=https://a.example x', ['index https://a.example']],
    ["'--index-url=https://a.example' x", ['index https://a.example']],
    ["'--index-url' 'https://a.example' x", ['index https://a.example']],
    ['x --index-url \\\n https://a.example', ['index https://a.example']],
    ['--pypi-url https://a.example x', ['index https://a.example']],
    ['--extra-index-url https://a.example x', ['extraIndex https://a.example']],
    ['-f https://a.example x', ['findLinks https://a.example']],
    ['-f./wheels x', ['findLinks ./wheels']],
    ['--find-links=./wheels x', ['findLinks ./wheels']],
    ['--trusted-host a.example x', ['trustedHost a.example']],
    ['--proxy user:pw@p.example:3128 x', ['proxy user:••••@p.example:3128']],
    [
      '--cert /tmp/ca.pem --client-cert=/tmp/me.pem x',
      ['certificate /tmp/ca.pem', 'certificate /tmp/me.pem'],
    ],
    ['-i https://user:pw@a.example/simple x', ['index https://user:••••@a.example/simple']],
    ['-i https://t0ken@a.example/simple x', ['index https://••••@a.example/simple']],
    ["'x @ https://t0ken@a.example/x.whl'", ['other https://••••@a.example/x.whl']],
    ["'x[big]@https://a.example/x.whl'", ['other https://a.example/x.whl']],
    ["'git+https://a.example/x.git@v1#egg=x'", ['other git+https://a.example/x.git@v1#egg=x']],
    ['https://a.example/x-1.0.whl', ['other https://a.example/x-1.0.whl']],
    ['./x /srv/y ~/z w.whl', ['other ./x', 'other /srv/y', 'other ~/z', 'other w.whl']],
    [
      "'git+https://a.example/kfp.git#subdirectory=sdk/python' '--no-deps'",
      ['other git+https://a.example/kfp.git#subdirectory=sdk/python'],
    ],
    [`'pandas>=2' "six; python_version<'3.9'" 'x[a,b]==1'`, []],
  ] satisfies [string, string[]][])('are read from pip install %s', (words, sources) => {
    expect(sourcesOf(words)).toEqual(sources);
  });

  it('are those of every install command, each listed once', () => {
    const twice = pipelineWithPrelude(
      'pip --proxy https://p.example install x && python3 -m pip3.11 install -i https://a.example y && uv pip install -i https://a.example z',
    );
    expect(packageSources(twice)).toEqual([
      { kind: 'proxy', value: 'https://p.example' },
      { kind: 'index', value: 'https://a.example' },
    ]);
  });
});
