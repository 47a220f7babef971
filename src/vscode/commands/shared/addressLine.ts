import { endpointIn } from '../../connections/clusterRow.ts';

/** What a person typed or pasted as the address of a server. */
export interface TypedAddress {
  readonly endpoint: string;
  readonly namespace?: string;
}

/**
 * The address of the Pipelines API in a line: what a browser shows while it is in the Kubeflow dashboard will do, as
 * will a host alone. Undefined for what is no address, or would send secrets through the open network.
 */
export function addressIn(line: string): TypedAddress | undefined {
  const text = line.trim();
  const whole = /^[a-z][a-z+.-]*:\/\//i.test(text)
    ? text
    : `${isLoopback(text) ? 'http' : 'https'}://${text}`;
  if (text === '' || /\s/.test(text) || !URL.canParse(whole)) return undefined;
  const url = new URL(whole);
  const namespace = url.searchParams.get('ns') ?? undefined;
  const path = url.pathname
    .replace(/\/apis(?:\/.*)?$/, '')
    .replace(/^\/_(?=\/)/, '') // the dashboard shows other pages below this path
    .replace(/^(\/pipeline)\/.*$/, '$1')
    .replace(/\/+$/, '');
  const login = url.username === '' ? '' : 'login@'; // refused with the rest
  const endpoint = endpointIn(`${url.protocol}//${login}${url.host}${path}`);
  if (endpoint === undefined) return undefined;
  return { endpoint, ...(namespace === undefined ? {} : { namespace }) };
}

function isLoopback(text: string): boolean {
  return /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?:[:/]|$)/i.test(text);
}

/** What is wrong with the line, while it is typed. */
export function addressProblem(line: string): string | undefined {
  if (line.trim() === '') return 'No address is given yet.';
  if (addressIn(line) !== undefined) return undefined;
  if (/^https?:\/\/[^/]*@/i.test(line.trim()))
    return 'Leave the login out of the address: you are asked for it.';
  if (/^http:/i.test(line.trim()))
    return 'Use https: over http, others on the way could read and change what you send.';
  return 'This is no address.';
}
