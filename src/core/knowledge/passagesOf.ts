import { markdownSections, type Section } from './markdownSections.ts';
import type { DocumentPage, Passage } from './passage.ts';

/** Most characters of a passage: about 300 tokens. */
const longest = 1200;
/** Shorter passages, in characters, take in the next section of their parent: about 60 tokens. */
const shortest = 240;

/** A page in passages, each a section or a part of one, none longer than it may be but for a single block. */
export function passagesOf({ path, text }: DocumentPage): readonly Passage[] {
  const { title, description, sections } = markdownSections(text, path);
  const [first, ...others] = joined(sections).flatMap((one) =>
    parts(one).map((part) => ({ ...one, markdown: part })),
  );
  if (first === undefined) return [];
  const opening = description === '' ? first : { ...first, markdown: `${description}\n\n${first.markdown}` };
  return [opening, ...others].map((one) => ({ path, title, ...one }));
}

interface Joined extends Section {
  readonly sections: readonly string[];
}

/** Sections, those that are short joined with the one after them where both stand below the same heading. */
function joined(sections: readonly Section[]): readonly Joined[] {
  const all: Joined[] = [];
  for (const section of sections) {
    const before = all.at(-1);
    const own = section.headings.at(-1);
    if (before !== undefined && before.markdown.length < shortest && isBeside(before, section)) {
      all[all.length - 1] = {
        ...before,
        sections: own === undefined ? before.sections : [...before.sections, own],
        markdown: `${before.markdown}\n\n${own ?? ''}\n\n${section.markdown}`,
      };
    } else all.push({ ...section, sections: own === undefined ? [] : [own] });
  }
  return all;
}

function isBeside(a: Section, b: Section): boolean {
  const [aboveA, aboveB] = [a.headings.slice(0, -1), b.headings.slice(0, -1)];
  return aboveA.length > 0 && aboveA.join('\n') === aboveB.join('\n');
}

/** A text in parts of whole blocks: paragraphs, lists, fenced code. */
function parts({ markdown }: Section): readonly string[] {
  if (markdown.length <= longest) return [markdown];
  const all: string[] = [];
  let part = '';
  for (const block of blocksOf(markdown)) {
    if (part !== '' && part.length + block.length > longest) {
      all.push(part);
      part = '';
    }
    part = part === '' ? block : `${part}\n\n${block}`;
  }
  return part === '' ? all : [...all, part];
}

function blocksOf(text: string): readonly string[] {
  const blocks: string[] = [];
  let isFenced = false;
  let block: string[] = [];
  const close = () => {
    if (block.length > 0) blocks.push(block.join('\n'));
    block = [];
  };
  for (const line of text.split('\n')) {
    if (/^ {0,3}(?:```|~~~)/.test(line)) isFenced = !isFenced;
    if (line.trim() === '' && !isFenced) close();
    else block.push(line);
  }
  close();
  return blocks;
}
