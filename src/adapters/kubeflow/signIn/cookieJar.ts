interface Cookie {
  readonly value: string;
  readonly path: string;
}

/** The cookies of one origin, as far as a sign-in needs them. They are sent nowhere else. */
export class CookieJar {
  readonly #cookies = new Map<string, Cookie>();

  /** Keeps what an answer sets, and forgets what it takes back. */
  take(headers: Headers, now: number): void {
    for (const line of headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
      const end = pair.indexOf('=');
      if (end <= 0) continue;
      const name = pair.slice(0, end);
      const about = new Map(attributes.map(attributeOf));
      const path = about.get('path') ?? '/';
      if (isOver(about, now)) this.#cookies.delete(name);
      else this.#cookies.set(name, { value: pair.slice(end + 1), path: path.startsWith('/') ? path : '/' });
    }
  }

  /** The header for a path; empty where there is nothing to send. */
  headerFor(path: string): string {
    return [...this.#cookies]
      .filter(([, cookie]) => covers(cookie.path, path))
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ');
  }
}

function attributeOf(attribute: string): readonly [string, string] {
  const [name = '', ...value] = attribute.split('=');
  return [name.toLowerCase(), value.join('=')];
}

function isOver(about: ReadonlyMap<string, string>, now: number): boolean {
  const age = about.get('max-age');
  if (age !== undefined) return Number(age) <= 0;
  const expires = Date.parse(about.get('expires') ?? '');
  return expires <= now;
}

function covers(of: string, path: string): boolean {
  return of === path || path.startsWith(of.endsWith('/') ? of : `${of}/`);
}
