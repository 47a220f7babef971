/** What could run, fetch, send or lead away, even where the panel's rules would stop it. */
const removed =
  'script, link, meta, base, iframe, frame, frameset, object, embed, portal, form, noscript, video, audio, source, track, animate, set';

const rules =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; form-action 'none'; base-uri 'none'";

/**
 * A report's HTML as the sandboxed frame gets it: without what could run or fetch, with rules of its own on top, and with
 * links that lead nowhere. The frame's sandbox and the panel's rules would stop all of it as well.
 */
export function framedPage(page: string): string {
  const parsed = new DOMParser().parseFromString(page, 'text/html');
  for (const element of parsed.querySelectorAll(removed)) element.remove();
  // A link in an SVG may have its address in a namespace of its own (`xlink:href`).
  for (const link of parsed.querySelectorAll('[*|href], [ping], [action], [formaction]')) disarm(link);
  for (const picture of parsed.querySelectorAll('img, image, input')) unfetch(picture);
  const head = `<meta http-equiv="Content-Security-Policy" content="${rules}"><style>body{background:#fff;color:#000;font-family:sans-serif}</style>`;
  parsed.head.insertAdjacentHTML('afterbegin', head);
  return `<!doctype html>${parsed.documentElement.outerHTML}`;
}

/** Links within the page stay; where another leads is said, not followed. */
function disarm(link: Element): void {
  for (const name of ['ping', 'action', 'formaction']) link.removeAttribute(name);
  if (link.localName === 'image') return;
  for (const name of ['href', 'xlink:href']) {
    const address = link.getAttribute(name);
    // Drawings take their letters and colours from elsewhere in the page.
    if (address === null || address.startsWith('#')) continue;
    link.removeAttribute(name);
    if (address !== '' && !link.hasAttribute('title')) link.setAttribute('title', address);
  }
}

/** A picture that would have to be fetched is named instead. */
function unfetch(picture: Element): void {
  const names = ['src', 'href', 'xlink:href'];
  const address = names.map((name) => picture.getAttribute(name)).find((one) => one !== null) ?? '';
  picture.removeAttribute('srcset');
  if (address === '' || /^data:/i.test(address)) return;
  for (const name of names) picture.removeAttribute(name);
  picture.setAttribute(
    'alt',
    `[picture ${[picture.getAttribute('alt'), address].filter(Boolean).join(': ')}]`,
  );
}
