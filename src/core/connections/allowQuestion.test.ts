import { expect, it } from 'vitest';
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
