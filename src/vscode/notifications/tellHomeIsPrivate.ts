import { inform } from '../window/messages.ts';

/** Tells the person that the rights of a home were changed, and which setting leaves them as they are. */
export function tellHomeIsPrivate(folder: string, setting: string): void {
  void inform(
    `Others on this machine could read MLOps Chat's runs and objects in ${folder}. The folder is private now; to share it, turn on ${setting} and give it the rights you want.`,
  );
}
