import { expect, it } from 'vitest';
import { hideLogin, hideLogins } from './logins.ts';

it.each([
  ['https://user:pw@a.example/simple', 'https://user:••••@a.example/simple'],
  ['https://user:p@w@a.example/simple', 'https://user:••••@a.example/simple'],
  ['https://ghp_0123456789@github.com/x', 'https://••••@github.com/x'],
  ['https://:pw@a.example', 'https://:••••@a.example'],
  ['x @ git+https://t0ken@h.example/x.git@v1', 'x @ git+https://••••@h.example/x.git@v1'],
  ['HTTPS://u:p@A.example and http://v:q@b.example', 'HTTPS://u:••••@A.example and http://v:••••@b.example'],
  ['git+ssh://git@github.com/x/y.git@main', 'git+ssh://git@github.com/x/y.git@main'],
  ['https://a.example/simple/@scope', 'https://a.example/simple/@scope'],
  ['pandas==2.2', 'pandas==2.2'],
])('%s is shown as %s', (text, shown) => {
  expect(hideLogins(text)).toBe(shown);
});

it('hides the login of an address without a scheme', () => {
  expect(hideLogin('user:pw@proxy.example:3128')).toBe('user:••••@proxy.example:3128');
  expect(hideLogin('proxy.example:3128')).toBe('proxy.example:3128');
});
