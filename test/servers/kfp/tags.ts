import { invalid } from './failure.ts';
import type { Tags } from './struct.ts';

/** Why tags are refused; undefined when they are not. */
export function tagProblem(tags: Tags): string | undefined {
  const entries = Object.entries(tags);
  if (entries.length > 20) return `number of tags (${entries.length}) exceeds maximum of 20 per entity`;
  for (const [key, value] of entries) {
    if (key === '') return 'tag key cannot be empty';
    if (key.includes('.')) return `tag key ${JSON.stringify(key)} must not contain '.' character`;
    if (key.length > 63) return `tag key ${JSON.stringify(key)} exceeds maximum length of 63 characters`;
    if (value.length > 63)
      return `tag value ${JSON.stringify(value)} for key ${JSON.stringify(key)} exceeds maximum length of 63 characters`;
  }
  return undefined;
}

/** The tags after a change: those that it names, or the old ones where it names none. */
export function changedTags(before: Tags, change: unknown, refused: string): Tags {
  if (change === undefined) return before;
  const tags = change as Tags;
  const problem = tagProblem(tags);
  if (problem !== undefined) throw invalid(refused, problem);
  return tags;
}

/** What the refusal of a list of pipelines or versions begins with: it repeats the options. */
export function optionsRefused(what: string, query: URLSearchParams): string {
  const value = (name: string) => query.get(name) ?? '';
  const size = query.get('page_size') ?? '0';
  return `Failed to list ${what} due invalid list options: pageToken: ${value('page_token')}, pageSize: ${size}, sortBy: ${value('sort_by')}, filter: ${value('filter')}: `;
}
