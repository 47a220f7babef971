import { MlopsError } from '../../../core/ports/mlopsError.ts';
import { asName } from '../../../core/text/literal.ts';
import { CookieJar } from './cookieJar.ts';
import { formsIn, type HtmlForm, linksIn } from './htmlForm.ts';

/** What a sign-in by the form of a page needs. */
export interface FormSignIn {
  /** What people call the server. */
  readonly server: string;
  /** An address behind the sign-in. */
  readonly address: string;
  readonly user: string;
  readonly password: string;
  readonly now: () => number;
  readonly fetchWith?: typeof fetch;
}

const mostSteps = 15;
const largestPage = 1 << 20;

interface Step {
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  readonly form?: URLSearchParams;
}

/**
 * Signs in as a browser would through oauth2-proxy and Dex: follows their redirects, chooses accounts with a password, fills in the form,
 * approves, and returns the session as a header of cookies. All of it happens on the origin of the address: a redirect
 * or a form that leads elsewhere ends it, and the password is sent once.
 */
export async function signInByForm(asked: FormSignIn, signal: AbortSignal): Promise<string> {
  const { fetchWith = fetch, server } = asked;
  const start = new URL(asked.address);
  const jar = new CookieJar();
  let filled = false;
  let step: Step = { url: start, method: 'GET' };
  for (let steps = 0; steps < mostSteps; steps += 1) {
    if (step.url.origin !== start.origin) throw leadsElsewhere(server, step.url);
    const response = await send(fetchWith, step, jar, signal);
    jar.take(response.headers, asked.now());
    const next = redirectOf(response, step.url);
    if (next !== undefined) {
      await response.body?.cancel();
      step = { url: next, method: 'GET' };
      continue;
    }
    const page = (await response.text()).slice(0, largestPage);
    const isPage = page.trimStart().startsWith('<');
    if (!isPage && response.ok) return sessionIn(jar, start, server);
    if (!isPage) throw notFillable(server, response.status);
    const answer = answerOf(page, step.url, asked, filled);
    filled ||= answer.fills;
    step = answer.step;
  }
  throw notFillable(server);
}

function send(
  fetchWith: typeof fetch,
  { url, method, form }: Step,
  jar: CookieJar,
  signal: AbortSignal,
): Promise<Response> {
  const cookie = jar.headerFor(url.pathname);
  return fetchWith(url, {
    method,
    redirect: 'manual',
    signal,
    headers: { accept: 'text/html', ...(cookie === '' ? {} : { cookie }) },
    ...(form === undefined ? {} : { body: form }),
  });
}

function redirectOf({ status, headers }: Response, from: URL): URL | undefined {
  const location = headers.get('location');
  if (status < 300 || status >= 400 || location === null || !URL.canParse(location, from.href))
    return undefined;
  return new URL(location, from);
}

interface PageAnswer {
  readonly step: Step;
  /** True when the password is in it. */
  readonly fills: boolean;
}

/** What a person would do on a page: sign in, approve, go on, or choose accounts with a password. */
function answerOf(page: string, url: URL, asked: FormSignIn, filled: boolean): PageAnswer {
  const forms = formsIn(page);
  const login = forms.find(({ fields }) => fields.some(({ type }) => type === 'password'));
  if (login !== undefined) {
    if (filled) throw wrongPassword(asked.server, asked.user);
    if (login.method !== 'POST') throw notFillable(asked.server);
    return { step: submitted(login, url, (field) => valueFor(field, asked)), fills: true };
  }
  const approval = forms.find(({ fields }) =>
    fields.some(({ name, value }) => name === 'approval' && value === 'approve'),
  );
  if (approval !== undefined)
    return {
      step: submitted(approval, url, ({ name, value }) =>
        name === 'approval' && value !== 'approve' ? undefined : value,
      ),
      fills: false,
    };
  const begin = forms.find(({ action }) => /\/oauth2\/start\b/.test(action));
  if (begin !== undefined) return { step: submitted(begin, url, ({ value }) => value), fills: false };
  const local = linksIn(page).find((link) => /\/auth\/local\b/.test(link));
  if (local !== undefined && URL.canParse(local, url.href))
    return { step: { url: new URL(local, url), method: 'GET' }, fills: false };
  throw notFillable(asked.server);
}

type Field = HtmlForm['fields'][number];

function valueFor({ type, value }: Field, { user, password }: FormSignIn): string | undefined {
  if (type === 'password') return password;
  if (type === 'text' || type === 'email') return user;
  return type === 'hidden' ? value : undefined;
}

function submitted(
  { action, method, fields }: HtmlForm,
  from: URL,
  valueOf: (field: Field) => string | undefined,
): Step {
  const url = new URL(action === '' ? from.href : action, from);
  const values = new URLSearchParams();
  for (const field of fields) {
    const value = valueOf(field);
    if (value !== undefined) values.append(field.name, value);
  }
  if (method === 'POST') return { url, method, form: values };
  for (const [name, value] of values) url.searchParams.set(name, value);
  return { url, method };
}

function sessionIn(jar: CookieJar, start: URL, server: string): string {
  const cookie = jar.headerFor(start.pathname);
  if (cookie !== '') return cookie;
  throw new MlopsError('unsupported', `${server} let the request through without a sign-in.`, {
    hint: 'Take MLOps: Sign in and choose that none is needed.',
  });
}

function leadsElsewhere(server: string, { host }: URL): MlopsError {
  return new MlopsError(
    'unsupported',
    `The sign-in of ${server} leads to ${asName(host)}, where no password is sent.`,
    { hint: 'Sign in with the browser and paste its cookie, or use a token: MLOps: Sign in.' },
  );
}

function wrongPassword(server: string, user: string): MlopsError {
  return new MlopsError('auth', `${server} does not accept the password of ${asName(user)}.`, {
    hint: 'Give it again with MLOps: Sign in.',
  });
}

function notFillable(server: string, status?: number): MlopsError {
  const answer = status === undefined ? '' : ` (${status})`;
  return new MlopsError('unsupported', `${server} has no sign-in page with a password${answer}.`, {
    hint: 'Sign in with the browser and paste its cookie, or use a token: MLOps: Sign in.',
  });
}
