import { freedText, freeQuestion, nothingText } from '../../core/environments/freeQuestion.ts';
import type { Services } from '../services.ts';
import { ask } from '../window/askQuestion.ts';
import { inform } from '../window/messages.ts';
import { changingBackend } from './shared/allowed.ts';
import { progress } from './shared/progress.ts';

/** Looks for what nothing in the home names, and removes it after one question. */
export async function freeSpace(services: Services): Promise<void> {
  const { space } = await changingBackend(services, 'destroy');
  if (space === undefined) return;
  const found = await progress('Looking for what nothing names', (signal) => space.leftovers(signal));
  if (found.items.length === 0) return void inform(nothingText(found.unreadable));
  if (!(await ask(freeQuestion(found)))) return;
  // The workspace may be without trust by now.
  await changingBackend(services, 'destroy');
  const freed = await progress('Removing what nothing names', (signal) => space.free(found.items, signal));
  void inform(freedText(freed));
}
