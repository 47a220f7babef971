import { secretMark } from './secretNames.ts';

const authority = /(?<=[a-z][a-z0-9+.-]*:\/\/)[^\s/?#]*@/gi;
/** `git@github.com`: a user name that is no secret. */
const nobody = 'git';

/** A text whose addresses keep the user name and hide the password; a login of one part is a token and is hidden. */
export function hideLogins(text: string): string {
  return text.replace(authority, (login) => `${hidden(login.slice(0, -1))}@`);
}

/** The same for an address that may lack its scheme, as `user:password@proxy:3128`. */
export function hideLogin(address: string): string {
  if (address.includes('://')) return hideLogins(address);
  const end = address.lastIndexOf('@');
  return end < 0 ? address : `${hidden(address.slice(0, end))}@${address.slice(end + 1)}`;
}

function hidden(login: string): string {
  const colon = login.indexOf(':');
  if (colon >= 0) return `${login.slice(0, colon)}:${secretMark}`;
  return login === nobody ? login : secretMark;
}
