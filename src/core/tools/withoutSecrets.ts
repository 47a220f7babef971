import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import { redactError } from '../ports/mlopsError.ts';
import { redactedBackend } from '../runs/redactedBackend.ts';
import { hiding, type Redact } from '../text/redact.ts';
import { isOurs } from '../text/markdown.ts';
import { secretValues } from '../text/secretValues.ts';

interface Deps {
  readonly backend: () => Promise<PipelineBackend>;
  readonly report: (line: string) => void;
  readonly writers?: readonly { readonly open: () => Promise<PipelineBackend> }[];
}

/**
 * Does the work of one call. `hide` removes from a text the secret values of every run and pipeline that the call has read,
 * since one text may combine several runs. What the call reports and throws is redacted in the same way.
 * `hideInMarkdown` is for finished Markdown: it leaves values in that could be part of our own markup, since these are hidden
 * where the text comes in.
 */
export async function withoutSecrets<D extends Deps, T>(
  deps: D,
  work: (deps: D, hide: Redact, hideInMarkdown: Redact) => Promise<T>,
): Promise<T> {
  const known = new Set<string>();
  const hide: Redact = (text) => hiding([...known])(text);
  const hideInMarkdown: Redact = (text) => hiding([...known].filter(isNoMarkup))(text);
  const careful = async (open: () => Promise<PipelineBackend>) =>
    redactedBackend(await open(), (values) => {
      for (const value of secretValues(values)) known.add(value);
    });
  const backend = () => careful(deps.backend);
  const writers = deps.writers?.map((writer) => ({ ...writer, open: () => careful(writer.open) }));
  try {
    return await work(
      { ...deps, backend, ...(writers && { writers }), report: (line) => deps.report(hide(line)) },
      hide,
      hideInMarkdown,
    );
  } catch (error) {
    throw redactError(error, hide);
  }
}

/** Otherwise the value of a secret could remove the end of a code span, the label of a fence or an escape. */
const isNoMarkup = (value: string) => !/[`\r\n]|\\$/.test(value) && !isOurs(value);
