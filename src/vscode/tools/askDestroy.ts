import type { Confirmation } from '../../core/tools/tool.ts';
import { textOf } from '../../core/text/markdown.ts';
import { askModal } from '../window/messages.ts';

/** Asks in a modal before something is destroyed or stopped. True only when the person chose to. */
export async function askDestroy({ title, message }: Confirmation): Promise<boolean> {
  const verb = title.split(' ')[0] ?? 'Delete';
  const question = { title: textOf(title), detail: textOf(message), warns: true };
  return (await askModal(question, verb)) === verb;
}
