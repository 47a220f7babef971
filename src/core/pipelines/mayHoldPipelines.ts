/** Most characters of a file that are searched. */
const mostText = 1_000_000;

/**
 * True for text that may be a compiled pipeline or a Python file with pipelines: a cheap check
 * until the backend's list is known.
 */
export function mayHoldPipelines(file: string, text: string): boolean {
  if (text.length > mostText) return false;
  if (file.endsWith('.py')) return text.includes('kfp') && /^[ \t]*@[\w.]*pipeline\b/m.test(text);
  if (!/\.ya?ml$/.test(file)) return false;
  return /^pipelineInfo:/m.test(text) && /^(?:deploymentSpec|root):/m.test(text);
}
