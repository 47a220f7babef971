import { expect, it } from 'vitest';
import { cookieIn } from './askCredential.ts';
import { rowIn } from './connectionSources.ts';

it.each([
  ['oauth2_proxy_kubeflow=abc|17|sig=', 'oauth2_proxy_kubeflow=abc|17|sig='],
  ['Cookie: a=b; oauth2_proxy_kubeflow=abc', 'a=b; oauth2_proxy_kubeflow=abc'],
  ['  cookie:authservice_session=abc ', 'authservice_session=abc'],
  ['abc|17|sig=', 'oauth2_proxy_kubeflow=abc|17|sig='],
  ['YWJj==', 'oauth2_proxy_kubeflow=YWJj=='],
])('what is pasted as %j is the cookie %j', (line, cookie) => {
  expect(cookieIn(line)).toBe(cookie);
});

it('a file holds one connection', () => {
  const row = { name: 'Cluster', kind: 'kubeflow', endpoint: 'https://kf.example.test' };
  expect(rowIn(JSON.stringify(row), 'cluster.json')).toEqual(row);
  for (const text of ['', 'no JSON', '[]', '"text"'])
    expect(() => rowIn(text, 'cluster.json')).toThrow('cluster.json holds no connection.');
});
