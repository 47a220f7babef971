import path from 'node:path';
import { addressIn } from '../../core/pipelineSpec/addresses.ts';

/** A requirement that is a relative path, as an absolute one from the workspace folder; others are unchanged. */
export function located(requirement: string, root: string | undefined): string {
  const relative = relativePath(requirement);
  if (relative === undefined || root === undefined) return requirement;
  const rest = requirement.trim().slice(relative.length);
  return `${path.resolve(root, relative)}${rest}`;
}

/** `./lib` of `./lib[extra]; python_version > "3.9"`. */
export function relativePath(requirement: string): string | undefined {
  const text = requirement.trim();
  const address = addressIn(text);
  if (address === undefined || !text.startsWith(address.slice(0, 1)) || /@/.test(text)) return undefined;
  if (/^[a-z][a-z0-9+.-]+:/i.test(address) || /^[~\\/]/.test(address) || path.isAbsolute(address))
    return undefined;
  return withoutExtras(address);
}

/** The path of `./lib[extra]`. */
export function withoutExtras(place: string): string {
  return place.replace(/\s*\[[^\]]*\]\s*$/, '').trimEnd();
}
