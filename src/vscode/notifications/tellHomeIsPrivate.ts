import { inform } from '../window/messages.ts';

/** Tells the person that the rights of the home were changed. */
export function tellHomeIsPrivate(): void {
  void inform(
    "Others on this machine could read MLOps Chat's runs and objects. Their folder is private now; to share it, turn on the setting mlops.local.sharedHome and give it the rights you want.",
  );
}
