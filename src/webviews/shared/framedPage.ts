import { unfetchedCss } from './unfetchedCss.ts';

/** Elements that could run, fetch, send or navigate, or that another parser would read differently. */
const removed = new Set(
  [
    'script link meta base iframe frame frameset fencedframe object embed applet param portal model form noscript',
    'video audio source track bgsound layer animate animatemotion animatetransform animatecolor set discard handler',
    'listener template noembed noframes foreignobject annotation-xml mglyph malignmark',
  ]
    .join(' ')
    .split(' '),
);
/** Attributes that send, fetch or contain a page of their own. All that begin with `on` are code. */
const stripped = new Set(
  [
    'ping action formaction srcdoc srcset imagesrcset background poster data code codebase classid archive lowsrc dynsrc',
    'longdesc manifest profile target download autofocus is http-equiv attributionsrc nonce xml:base',
  ]
    .join(' ')
    .split(' '),
);
const addresses = ['src', 'href', 'xlink:href'];
/** Elements whose content is plain text up to their end tag. */
const asText = new Set(['xmp', 'plaintext', 'listing']);
const pictures = new Set(['img', 'image', 'input']);

const rules =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; form-action 'none'; base-uri 'none'";
const begin = `<meta http-equiv="Content-Security-Policy" content="${rules}"><style>body{background:#fff;color:#000;font-family:sans-serif}</style>`;
const mostTurns = 8;

/**
 * A report's HTML for the sandboxed frame: without what could run or fetch, with a content security policy, and with
 * links that lead nowhere. The frame's sandbox and the panel's policy would stop all of it as well.
 */
export function framedPage(page: string): string {
  let text = page;
  // Cleaned text may parse to other elements, so it is cleaned until it no longer changes.
  for (let turn = 0; turn < mostTurns; turn += 1) {
    const next = cleaned(text);
    if (next.outerHTML === text) return framed(next);
    text = next.outerHTML;
  }
  const last = new DOMParser().parseFromString('', 'text/html').documentElement;
  last.append(text);
  return framed(last);
}

function framed(root: Element): string {
  const head = root.querySelector('head') ?? root;
  head.insertAdjacentHTML('afterbegin', begin);
  return `<!doctype html>${root.outerHTML}`;
}

function cleaned(page: string): Element {
  const parsed = new DOMParser().parseFromString(page, 'text/html');
  const root = parsed.documentElement;
  const others = parsed.createTreeWalker(
    root,
    NodeFilter.SHOW_COMMENT | NodeFilter.SHOW_PROCESSING_INSTRUCTION,
  );
  const odd: ChildNode[] = [];
  while (others.nextNode()) odd.push(others.currentNode as ChildNode);
  for (const node of odd) node.remove();
  for (const element of [root, ...root.querySelectorAll('*')]) clean(element);
  return root;
}

function clean(element: Element): void {
  const name = element.localName.toLowerCase();
  if (removed.has(name)) return element.remove();
  if (asText.has(name)) return showText(element);
  if (name === 'pre' || name === 'textarea') keepFirstLine(element);
  if (name === 'style') element.textContent = unfetchedCss(element.textContent ?? '');
  for (const attribute of [...element.attributes]) cleanAttribute(element, attribute);
  if (pictures.has(name)) unfetch(element);
  else disarm(element);
}

function showText(element: Element): void {
  const shown = element.ownerDocument.createElement('pre');
  shown.textContent = element.textContent;
  element.replaceWith(shown);
}

/** A parser drops a line break at the beginning, so one is added. */
function keepFirstLine(element: Element): void {
  if (element.firstChild?.nodeValue?.startsWith('\n') === true) element.prepend('\n');
}

function cleanAttribute(element: Element, attribute: Attr): void {
  const name = attribute.name.toLowerCase();
  if (name.startsWith('on') || stripped.has(name)) element.removeAttributeNode(attribute);
  // In an SVG each attribute may be a style.
  else if (name === 'style' || element.namespaceURI !== 'http://www.w3.org/1999/xhtml') {
    if (/[(\\]/.test(attribute.value)) attribute.value = unfetchedCss(attribute.value);
  }
}

/** Keeps links within the page; any other loses its target and shows the address as its title. */
function disarm(link: Element): void {
  for (const name of addresses) {
    const address = link.getAttribute(name);
    // An SVG refers to its letters and colours elsewhere in the page.
    if (address === null || address.startsWith('#')) continue;
    link.removeAttribute(name);
    if (address !== '' && !link.hasAttribute('title')) link.setAttribute('title', address);
  }
}

/** Replaces a picture that would have to be fetched by its name. */
function unfetch(picture: Element): void {
  for (const name of addresses) {
    const address = picture.getAttribute(name);
    if (address === null || address === '' || /^data:/i.test(address)) continue;
    picture.removeAttribute(name);
    const named = [picture.getAttribute('alt'), address].filter(Boolean).join(': ');
    picture.setAttribute('alt', `[picture ${named}]`);
  }
}
