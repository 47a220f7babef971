/** Schemes whose content cannot be changed on the way; `file` counts only for this machine's host. */
const sealed = new Set([
  ...['https', 'ssh', 'git+https', 'git+ssh', 'hg+https', 'hg+ssh', 'svn+https', 'svn+ssh'],
  ...['bzr+https', 'bzr+ssh'],
]);

const loopback = String.raw`(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?`;
/** Strict: an address that parsers may read differently is not loopback. */
const loopbackAddress = new RegExp(
  String.raw`^[a-z][a-z0-9+.-]*://([^\s/@\\?#]*@)?${loopback}([/?#]|$)`,
  'i',
);
const loopbackHost = new RegExp(`^(${loopback}|::1)$`, 'i');
const localFile = /^([a-z]+\+)?file:(\/\/(localhost)?)?\/(?!\/)/i;

/** True for an address that is fetched unprotected from another machine; false for paths and names. */
export function isPlain(address: string): boolean {
  return [visible(address), ...address.split(/\s+/)].some(isPlainWord);
}

function isPlainWord(address: string): boolean {
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(address)?.[1]?.toLowerCase();
  if (scheme === undefined || sealed.has(scheme)) return false;
  return !localFile.test(address) && !loopbackAddress.test(address);
}

/** True for this machine, as a host with or without port, or as an address. */
export function isLoopbackHost(text: string): boolean {
  return loopbackHost.test(text) || loopbackAddress.test(text);
}

/** The address or path that a requirement names instead of, or with, a package's name. */
export function addressIn(requirement: string): string | undefined {
  const beside = /^\s*[A-Za-z0-9._-]+\s*(\[[^\]]*\])?\s*@\s*(\S.*)$/s.exec(requirement)?.[2];
  if (beside !== undefined) return beside.trim();
  const [named = ''] = requirement.trim().split(/\s;/, 1);
  if (/^[a-z][a-z0-9+.-]+:/i.test(named)) return named;
  const [path = ''] = named.split(';', 1);
  return /[\\/]|^[.~]|\.(whl|zip|tgz|tar(\.\w+)?)$/i.test(path) ? path : undefined;
}

/** Parsers of addresses drop control characters, so they are dropped here, too. */
function visible(text: string): string {
  return text.replace(/[\p{Cc}\s]+/gu, '');
}
