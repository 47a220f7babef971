import type { ConnectionInfo } from '../domain/connection.ts';
import { inRestrictedMode, MlopsError } from '../ports/mlopsError.ts';
import { asName } from '../text/literal.ts';
import type { Effect, ToolDeps } from './tool.ts';

/**
 * Decides before anyone is asked whether a tool may do what it does. Throws MlopsError `forbidden`.
 * No setting of the editor and no approval can switch it off.
 */
export function checkPolicy(effect: Effect, deps: Pick<ToolDeps, 'connection' | 'trusted'>): void {
  if (effect === 'read') return;
  if (!deps.trusted) {
    throw inRestrictedMode('This workspace is in Restricted Mode, where nothing is run or changed.');
  }
  checkWritable(deps.connection.info);
}

/**
 * Throws MlopsError `forbidden` for a connection that is read-only, and for a namespace of it that is protected. Where namespaces are
 * protected and it is not known which one would be changed, nothing is.
 */
export function checkWritable(info: ConnectionInfo, namespace = info.namespace): void {
  const { name, readOnly, protectedNamespaces = [] } = info;
  if (readOnly) {
    throw new MlopsError('forbidden', `The connection ${asName(name)} is read-only.`, {
      hint: 'Pick another connection, or make this one writable in the settings.',
    });
  }
  if (protectedNamespaces.length === 0) return;
  if (namespace === undefined) {
    throw new MlopsError('forbidden', `Which namespace of ${asName(name)} would be changed is not known.`, {
      hint: 'The connection has protected namespaces, so its own has to be set in mlops.connections.',
    });
  }
  if (protectedNamespaces.some((pattern) => covers(pattern, namespace))) {
    throw new MlopsError('forbidden', `The namespace ${asName(namespace)} of ${asName(name)} is protected.`, {
      hint: 'Pick another connection, or take the namespace out of protectedNamespaces in mlops.connections.',
    });
  }
}

function covers(pattern: string, namespace: string): boolean {
  return pattern.endsWith('*') ? namespace.startsWith(pattern.slice(0, -1)) : pattern === namespace;
}
