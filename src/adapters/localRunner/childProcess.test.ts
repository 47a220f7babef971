import { expect, it } from 'vitest';
import { installerEnvironment, taskEnvironment } from './childProcess.ts';

const from = {
  PATH: '/bin',
  LC_ALL: 'C',
  PIP_INDEX_URL: 'https://me:word@index.example',
  UV_INDEX_PASSWORD: 'word',
  HTTPS_PROXY: 'http://me:word@proxy.example',
  HTTP_PROXY: 'http://proxy.example',
  AWS_SECRET_ACCESS_KEY: 'word',
};

it('people’s code gets a short list, without what installers are told and without logins', () => {
  expect(taskEnvironment([], from)).toEqual({
    PATH: '/bin',
    LC_ALL: 'C',
    HTTP_PROXY: 'http://proxy.example',
  });
  expect(taskEnvironment(['HTTPS_PROXY'], from)).toMatchObject({ HTTPS_PROXY: from.HTTPS_PROXY });
});

it('installers get what they are told besides, and no more', () => {
  const { AWS_SECRET_ACCESS_KEY: _, ...all } = from;
  expect(installerEnvironment([], from)).toEqual(all);
});
