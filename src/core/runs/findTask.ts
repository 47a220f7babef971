import { preparationLog, type Run, type TaskRun } from '../domain/run.ts';
import { simpleName, wordsOf } from '../domain/sameWords.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import { asName, quoted } from '../text/literal.ts';
import { nearest } from '../text/nearest.ts';

/**
 * The task that a text means: by path, else by name or its everyday form; without a text the first that failed, else the
 * last that has a log, else the log of the preparation.
 * Throws MlopsError notFound.
 */
export function findTask(run: Run, text: string | undefined): Pick<TaskRun, 'path' | 'cachedFrom'> {
  const wanted = text?.trim().toLowerCase() ?? '';
  const logged = run.tasks.filter((task) => task.hasLog);
  const task = wanted === '' ? unnamed(logged) : taskCalled(logged, wanted);
  if (task === undefined && run.hasPreparationLog && ['', preparationLog].includes(wanted))
    return { path: preparationLog };
  if (task !== undefined) return task;
  const paths = logged.map(({ path }) => path);
  if (paths.length === 0)
    throw new MlopsError('notFound', `No task of ${asName(run.label)} has printed anything yet.`);
  throw noTask(run, text ?? '', paths, 'with a log');
}

/** The error that a run has no such task, with the nearest of those that it has. */
export function noTask(run: Run, text: string, paths: readonly string[], which: string): MlopsError {
  const near = nearest(text, paths, 3);
  return new MlopsError('notFound', `${asName(run.label)} has no task ${quoted(text)} ${which}.`, {
    hint: `Its tasks ${which} are ${(near.length > 0 ? near : paths.slice(0, 10)).map(asName).join(', ')}.`,
  });
}

function unnamed(logged: readonly TaskRun[]): TaskRun | undefined {
  return logged.find((task) => task.state === 'failed') ?? logged.findLast(() => true);
}

/**
 * The task that a text means among these: by its path, by its name, by other forms of its words ("preprocessing" is
 * `preprocess`), or by the one name that differs in a letter or two. Of several with one name, the one that failed or the last.
 */
export function taskCalled(tasks: readonly TaskRun[], text: string): TaskRun | undefined {
  const wanted = text.trim().toLowerCase();
  const bare = simpleName(wanted.replace(/^the /, '').replace(/ (?:task|step|component)$/, ''));
  return (
    tasks.find(({ path }) => path.toLowerCase() === wanted) ??
    chosen(tasks.filter((task) => namesOf(task).includes(bare))) ??
    chosen(tasks.filter((task) => namesOf(task).some((name) => hasForms(name, bare)))) ??
    chosen(tasks.filter((task) => namesOf(task).some((name) => isTypo(name, bare))))
  );
}

const namesOf = ({ name, displayName }: TaskRun) => [simpleName(name), simpleName(displayName)];

/** The one that failed, else the last, of tasks with one name; undefined where the names differ. */
function chosen(tasks: readonly TaskRun[]): TaskRun | undefined {
  if (new Set(tasks.map(({ name }) => name)).size > 1) return undefined;
  return tasks.find(({ state }) => state === 'failed') ?? tasks.at(-1);
}

/** Whether each wanted word is a form of a word of the name. */
function hasForms(name: string, wanted: string): boolean {
  const stems = wordsOf(name).map(stem);
  const forms = wordsOf(wanted).map(stem);
  return forms.length > 0 && forms.every((form) => stems.some((other) => isSameStem(form, other)));
}

const endings = /(?:ations?|ings?|ions?|ers?|ors?|ed|es|e|s)$/;

/** A word without its ending, where enough of it is left to tell it from others; a doubled last letter is one. */
function stem(word: string): string {
  const rest = word.replace(endings, '');
  return (rest.length < 3 ? word : rest).replace(/([^aeiou])\1$/, '$1');
}

/** Words that begin alike are one: "evaluation" and `evaluate` lose endings of different lengths. */
function isSameStem(a: string, b: string): boolean {
  return a === b || (Math.min(a.length, b.length) > 3 && (a.startsWith(b) || b.startsWith(a)));
}

function isTypo(name: string, wanted: string): boolean {
  return wanted.length > 3 && Math.abs(name.length - wanted.length) < 2 && nearest(wanted, [name]).length > 0;
}
