import type { Confirmation } from '../../core/tools/tool.ts';
import { askModal } from '../window/messages.ts';

/** Asks in a modal before something is destroyed or stopped. True only when the person chose to. */
export async function askDestroy({ title, message }: Confirmation): Promise<boolean> {
  const verb = title.split(' ')[0] ?? 'Delete';
  const detail = message.replace(/\\([\\`*_{}[\]()<>#+!|~$&])/g, '$1').replace(/`/g, '');
  return (await askModal({ title, detail, warns: true }, verb)) === verb;
}
