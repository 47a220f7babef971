import { checkUpLines } from '../../../core/connections/checkUpText.ts';
import type { CheckUp } from '../../../core/connections/doctor.ts';
import { asName } from '../../../core/text/literal.ts';
import { paragraphs, sentences } from '../../../core/text/sentences.ts';
import { askModal } from '../../window/messages.ts';

/** Shows what a check-up found in a modal; returns the button that was pressed. */
export function showCheckUp(checked: CheckUp, ...buttons: readonly string[]): Promise<string | undefined> {
  const { info, wrong } = checked;
  const name = asName(info.name);
  const title =
    wrong === undefined ? `${name} works.` : `Something is wrong with the ${wrong.what} of ${name}.`;
  const first = wrong === undefined ? '' : sentences(wrong.finding.words, wrong.finding.fix);
  const detail = paragraphs(first, checkUpLines(checked).join('\n'));
  return askModal({ title, detail, warns: wrong !== undefined }, ...buttons);
}

const again = 'Change it';
const anyway = 'Save anyway';

/** Asks what to do with a connection that does not work as it was given. */
export async function askAfterFailure(checked: CheckUp): Promise<'again' | 'save' | undefined> {
  const answer = await showCheckUp(checked, again, anyway);
  if (answer === again) return 'again';
  return answer === anyway ? 'save' : undefined;
}
