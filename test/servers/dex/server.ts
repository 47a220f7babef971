import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { approvalPage, choicePage, loginPage, proxyPage } from './pages.ts';

export interface GateOptions {
  /** The server behind it, without a slash at the end. */
  readonly upstream: string;
  readonly user?: string;
  readonly password?: string;
  /** Bearer tokens that it lets through. */
  readonly tokens?: readonly string[];
  /** How it answers a request without a session: a redirect to the sign-in, or a page with a button. */
  readonly asks?: 'redirect' | 'page';
  /** It takes every client for a browser. */
  readonly browsersOnly?: boolean;
  /** Dex asks which kind of account it is. */
  readonly choice?: boolean;
  /** Dex asks whether the proxy may know who it is. */
  readonly approval?: boolean;
  /** Where the sign-in is instead of here. */
  readonly elsewhere?: string;
}

export interface Gate {
  readonly address: string;
  /** `METHOD /path` of each request, and what signed it in. */
  readonly calls: readonly { readonly call: string; readonly signedIn: string }[];
  /** How often a right or wrong password came. */
  readonly passwords: readonly string[];
  /** Ends all sessions. */
  expire(): void;
  /** Replaces the tokens that are let through. */
  accept(...tokens: readonly string[]): void;
  /** A session as a browser would have it. */
  session(): string;
  close(): Promise<void>;
}

const cookieName = 'oauth2_proxy_kubeflow';

/** A gate before a server that behaves as oauth2-proxy with Dex does: sessions by cookie, or bearer tokens. */
export async function startGate(options: GateOptions): Promise<Gate> {
  const gate = new SignInGate(options);
  const server = createServer((request, response) => {
    void gate.answer(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    calls: gate.calls,
    passwords: gate.passwords,
    expire: () => gate.sessions.clear(),
    accept: (...tokens) => {
      gate.tokens = tokens;
    },
    session: () => `${cookieName}=${gate.begin()}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

class SignInGate {
  readonly calls: { call: string; signedIn: string }[] = [];
  readonly passwords: string[] = [];
  readonly sessions = new Set<string>();
  tokens: readonly string[];
  readonly #options: GateOptions;
  /** Sign-ins that were begun: what the proxy remembers in a cookie, and where the person wanted to go. */
  readonly #begun = new Map<string, string>();
  readonly #codes = new Map<string, string>();

  constructor(options: GateOptions) {
    this.#options = options;
    this.tokens = options.tokens ?? [];
  }

  begin(): string {
    const id = `${randomBytes(24).toString('base64url')}|1700000000|sig=`;
    this.sessions.add(id);
    return id;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://gate');
    const cookies = cookiesOf(request);
    const { authorization = '' } = request.headers;
    const session = cookies.get(cookieName) ?? '';
    const signedIn = [authorization, session].filter(Boolean).join(' ');
    this.calls.push({ call: `${request.method} ${url.pathname}`, signedIn });
    if (url.pathname.startsWith('/oauth2/')) return this.#proxy(url, cookies, response);
    if (url.pathname.startsWith('/dex/')) return this.#dex(url, request, response);
    const token = /^Bearer (.+)$/.exec(authorization)?.[1];
    if (this.sessions.has(session) || (token !== undefined && this.tokens.includes(token)))
      return forward(this.#options.upstream, request, response);
    return this.#ask(url, request, response);
  }

  /** A client that wants JSON is told so; a browser is led to the sign-in. */
  #ask(url: URL, { headers }: IncomingMessage, response: ServerResponse): void {
    if (headers.accept === 'application/json' && this.#options.browsersOnly !== true) {
      response.writeHead(401, { 'content-type': 'application/json' }).end('{}');
      return;
    }
    const rd = url.pathname + url.search;
    if (this.#options.asks === 'page') html(response, proxyPage(rd), 403);
    else redirect(response, `/oauth2/start?rd=${encodeURIComponent(rd)}`);
  }

  #proxy(url: URL, cookies: ReadonlyMap<string, string>, response: ServerResponse): void {
    if (url.pathname === '/oauth2/start') {
      const state = randomBytes(8).toString('hex');
      this.#begun.set(state, url.searchParams.get('rd') ?? '/');
      const dex = `${this.#options.elsewhere ?? ''}/dex/auth?client_id=kubeflow-oidc-authservice&scope=openid+email&state=${state}`;
      redirect(response, dex, [`${cookieName}_csrf=${state}; Path=/; HttpOnly; SameSite=Lax`]);
      return;
    }
    const state = url.searchParams.get('state') ?? '';
    const code = url.searchParams.get('code') ?? '';
    const wanted = this.#begun.get(state);
    if (wanted === undefined || cookies.get(`${cookieName}_csrf`) !== state || !this.#codes.delete(code)) {
      html(response, '<html>Unable to find a valid CSRF token.</html>', 403);
      return;
    }
    redirect(response, wanted, [
      `${cookieName}_csrf=; Path=/; Max-Age=0`,
      `${cookieName}=${this.begin()}; Path=/; HttpOnly; Max-Age=604800`,
    ]);
  }

  async #dex(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const state = url.searchParams.get('state') ?? '';
    switch (url.pathname) {
      case '/dex/auth':
        if (this.#options.choice === true) html(response, choicePage(url.searchParams.toString()));
        else redirect(response, `/dex/auth/local?${url.searchParams.toString()}`);
        return;
      case '/dex/auth/local':
        redirect(response, `/dex/auth/local/login?back=&state=${state}`);
        return;
      case '/dex/auth/local/login':
        return this.#login(state, request, response);
      default:
        if (request.method === 'POST' && (await formOf(request)).get('approval') === 'approve')
          this.#grant(url.searchParams.get('req') ?? '', response);
        else html(response, approvalPage(url.searchParams.get('req') ?? ''));
    }
  }

  async #login(state: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST') {
      html(response, loginPage(state, false));
      return;
    }
    const form = await formOf(request);
    const { user = 'user@example.com', password = '12341234', approval = false } = this.#options;
    this.passwords.push(form.get('password') ?? '');
    if (form.get('login') !== user || form.get('password') !== password)
      html(response, loginPage(state, true));
    else if (approval) redirect(response, `/dex/approval?req=${state}`, [], 303);
    else this.#grant(state, response);
  }

  #grant(state: string, response: ServerResponse): void {
    const code = randomBytes(8).toString('hex');
    this.#codes.set(code, state);
    redirect(response, `/oauth2/callback?code=${code}&state=${state}`, [], 303);
  }
}

function cookiesOf({ headers }: IncomingMessage): ReadonlyMap<string, string> {
  const pairs = (headers.cookie ?? '').split('; ').map((pair) => {
    const end = pair.indexOf('=');
    return [pair.slice(0, end), pair.slice(end + 1)] as const;
  });
  return new Map(pairs);
}

function html(response: ServerResponse, page: string, status = 200): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(page);
}

function redirect(
  response: ServerResponse,
  location: string,
  cookies: readonly string[] = [],
  status = 302,
): void {
  response.writeHead(status, {
    location,
    'content-type': 'text/html; charset=utf-8',
    ...(cookies.length === 0 ? {} : { 'set-cookie': [...cookies] }),
  });
  response.end(`<a href="${location.replaceAll('&', '&amp;')}">Found</a>.`);
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  return new URLSearchParams((await bytesOf(request)).toString('utf8'));
}

async function forward(upstream: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = 'GET', url = '/', headers } = request;
  const type = headers['content-type'];
  const bytes = await bytesOf(request);
  const answer = await fetch(`${upstream}${url}`, {
    method,
    redirect: 'manual',
    ...(type === undefined ? {} : { headers: { 'content-type': type } }),
    ...(bytes.length === 0 ? {} : { body: new Uint8Array(bytes) }),
  });
  const text = await answer.text();
  response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' });
  response.end(text);
}
