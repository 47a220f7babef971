/** The pages that a person sees while they sign in, with as much of them as a browser needs. */

const page = (title: string, body: string) =>
  `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body>${body}</body></html>`;

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

/** oauth2-proxy's own page, with a button that begins the sign-in. */
export function proxyPage(rd: string): string {
  return page(
    'Sign In',
    `<form method="GET" action="/oauth2/start"><input type="hidden" name="rd" value="${escaped(rd)}">
     <button type="submit">Sign in with OpenID Connect</button></form>`,
  );
}

/** Dex with several kinds of accounts. */
export function choicePage(query: string): string {
  const link = (name: string) =>
    `<a href="/dex/auth/${name}?${escaped(query)}"><span>Log in with ${name}</span></a>`;
  return page('dex', `<h2>Log in to Your Account</h2>${link('github')}${link('local')}`);
}

/** Dex's form for accounts with a password. */
export function loginPage(request: string, wrong: boolean): string {
  const refusal = wrong ? '<div id="login-error">Invalid Email Address and password.</div>' : '';
  return page(
    'dex',
    `<form method="post" action="/dex/auth/local/login?back=&amp;state=${request}">
       <label for="userid">Email Address</label>
       <input tabindex="1" required id="login" name="login" type="text" placeholder="email address" autofocus/>
       <input tabindex="2" required id="password" name="password" type="password" placeholder="password"/>
       ${refusal}<button tabindex="3" id="submit-login" type="submit">Login</button></form>`,
  );
}

/** Dex's question whether the proxy may know who it is. */
export function approvalPage(request: string): string {
  const button = (value: string, text: string) =>
    `<form method="post"><input type="hidden" name="req" value="${request}"/>
     <input type="hidden" name="approval" value="${value}"><button type="submit"><span>${text}</span></button></form>`;
  return page(
    'dex',
    `<h2>Grant Access</h2>${button('approve', 'Grant Access')}${button('rejected', 'Cancel')}`,
  );
}
