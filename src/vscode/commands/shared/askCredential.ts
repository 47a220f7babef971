import * as os from 'node:os';
import * as path from 'node:path';
import type { Credential, SignInKind } from '../../../core/domain/signIn.ts';
import { expandHome } from '../../settingValue.ts';
import { literal, visible } from '../../../core/text/literal.ts';
import type { Choice, Inputs } from '../../window/inputs.ts';

/** How a person signs in: with what they gave, or with a file. */
export interface GivenSignIn {
  readonly kind: SignInKind;
  readonly credential?: Credential;
  readonly tokenFile?: string;
}

const ways: readonly (Choice<SignInKind> & { readonly value: SignInKind })[] = [
  {
    label: 'User and password',
    detail: 'The sign-in page of the server is filled in with them',
    value: 'password',
  },
  { label: 'Token', detail: 'A bearer token', value: 'token' },
  {
    label: 'Token in a file',
    detail: 'One of a service account, which another program keeps fresh',
    value: 'tokenFile',
  },
  { label: 'Cookie', detail: 'The session of your browser, for sign-ins by another page', value: 'cookie' },
];

/** Asks how to sign in to a server, then for what that takes; undefined when the person leaves. */
export async function askSignIn(
  inputs: Inputs,
  server: string,
  offered: { readonly now?: SignInKind; readonly only?: SignInKind } = {},
): Promise<GivenSignIn | undefined> {
  const kind = offered.only ?? (await askWay(inputs, server, offered.now));
  if (kind === undefined) return undefined;
  if (kind === 'none') return { kind };
  const ask = (prompt: string, placeholder: string, secret: boolean) =>
    inputs.line({ title: `Sign in to ${server}`, prompt, placeholder, value: '', secret, check: present });
  return askFor[kind](ask);
}

type AskLine = (prompt: string, placeholder: string, secret: boolean) => Promise<string | undefined>;

const askFor: {
  readonly [kind in Exclude<SignInKind, 'none'>]: (ask: AskLine) => Promise<GivenSignIn | undefined>;
} = {
  password: async (ask) => {
    const user = await ask('Your user name, which is often an address', 'user@example.com', false);
    if (user === undefined) return undefined;
    const password = await ask('Your password. It is kept by the editor, not in settings.', '', true);
    if (password === undefined) return undefined;
    return { kind: 'password', credential: { kind: 'password', user: user.trim(), password } };
  },
  token: async (ask) => {
    const line = await ask('A bearer token. It is kept by the editor, not in settings.', 'eyJ…', true);
    if (line === undefined) return undefined;
    const token = line.trim().replace(/^bearer\s+/i, '');
    return { kind: 'token', credential: { kind: 'token', token } };
  },
  cookie: async (ask) => {
    const line = await ask(cookiePrompt, 'oauth2_proxy_kubeflow=…', true);
    if (line === undefined) return undefined;
    return { kind: 'cookie', credential: { kind: 'cookie', cookie: cookieIn(line) } };
  },
  tokenFile: async (ask) => {
    const file = await ask('The file of the token', '/var/run/secrets/…/token', false);
    if (file === undefined) return undefined;
    return { kind: 'tokenFile', tokenFile: path.resolve(os.homedir(), expandHome(file.trim())) };
  },
};

async function askWay(inputs: Inputs, server: string, now?: SignInKind): Promise<SignInKind | undefined> {
  return inputs.pick<SignInKind>({
    title: `Sign in to ${server}`,
    placeholder: literal(`How do you sign in to ${server}?`),
    items: ways,
    active: ways.find(({ value }) => value === now),
    back: false,
  });
}

const cookiePrompt =
  'Sign in with your browser, then copy the cookie of its requests from the developer tools. It is kept by the editor, not in settings.';

function present(line: string): string | undefined {
  if (line.trim() === '') return 'Nothing is given yet.';
  return visible(line) === line ? undefined : 'It has characters that cannot be seen.';
}

/** The cookie of a line: with or without the name of its header, or the value alone of the cookie that Kubeflow uses. */
export function cookieIn(line: string): string {
  const text = line.trim().replace(/^cookie:\s*/i, '');
  return /^[\w.-]+=[^=\s]/.test(text) ? text : `oauth2_proxy_kubeflow=${text}`;
}
