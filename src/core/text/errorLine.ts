import { shorten } from './markdown.ts';

/** An error in one line, as Python says it: "ValueError: no such column". */
export function errorLine(error: { readonly type: string; readonly message: string }): string {
  const [first = ''] = error.message.trim().split('\n');
  return shorten([error.type, first].filter((part) => part !== '').join(': '), 160);
}
