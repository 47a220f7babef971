import { describe, expect, it } from 'vitest';
import { renderQuestionPlain } from '../text/renderQuestionPlain.ts';
import { allowQuestion } from './allowQuestion.ts';

const contact = { name: 'Shared', endpoint: 'https://kf.example.test', signIn: 'none' } as const;

it('the question names where everything goes', () => {
  const { title, detail } = renderQuestionPlain(allowQuestion(contact));
  expect(title).toBe('Connect to Shared at https://kf.example.test?');
  expect(detail).toContain('goes to this address');
});

it('the question names the file that is sent, the pages, and what is asked for', () => {
  const tokenFile = '/home/me/token';
  const { detail: file } = renderQuestionPlain(allowQuestion({ ...contact, signIn: 'tokenFile', tokenFile }));
  expect(file).toContain('The token in /home/me/token is sent there, too.');
  const page = 'https://pages.example.test';
  const { detail } = renderQuestionPlain(allowQuestion({ ...contact, signIn: 'password', page }));
  expect(detail).toContain('https://pages.example.test');
  expect(detail).toContain('It asks for your user and password.');
});

it('the question names the store that its artifacts are opened from', () => {
  const { detail } = renderQuestionPlain(allowQuestion({ ...contact, store: 'Objects' }));
  expect(detail).toContain('Artifacts that it names are opened from your store Objects.');
});

it('the question names the service account whose tokens are got', () => {
  const { detail } = renderQuestionPlain(allowQuestion({ ...contact, serviceAccount: 'default-editor' }));
  expect(detail).toContain('it gets tokens of the service account default-editor');
});

describe('the question for a kube context', () => {
  const kube = { context: 'team', kubeconfig: '/w/kubeconfig' };
  const reach = {
    server: 'https://kube.example.test',
    command: ['aws', 'eks', 'get-token'],
    variables: [
      { name: 'AWS_PROFILE', value: 'prod' },
      { name: 'API_TOKEN', value: 'hunter2' },
    ],
    files: ['/home/me/token'],
    others: ['http://proxy.example.test'],
    checksCertificate: false,
  };
  const { title, detail } = renderQuestionPlain(
    allowQuestion({ ...contact, endpoint: 'http://localhost', kube }, reach),
  );

  it('names the context and the server that it leads to', () => {
    expect(title).toBe('Connect to Shared by the kube context team at https://kube.example.test?');
    expect(detail).toContain('The kubeconfig is /w/kubeconfig.');
  });

  it('names the command that runs, what it is given, and every file and address', () => {
    expect(detail).toMatch(/this command runs on this machine: .?aws eks get-token/);
    expect(detail).toContain('AWS_PROFILE=prod');
    expect(detail).toContain('/home/me/token');
    expect(detail).toContain('http://proxy.example.test');
    expect(detail).toContain('any server may pass for it');
    expect(detail).not.toContain('hunter2');
  });
});
