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
  const { name, readOnly } = deps.connection.info;
  if (readOnly) {
    throw new MlopsError('forbidden', `The connection ${asName(name)} is read-only.`, {
      hint: 'Pick another connection, or make this one writable in the settings.',
    });
  }
}
