import MarkdownIt from 'markdown-it';

/** HTML in the text stays text; images are not fetched; only links to web pages can be followed. */
const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false });
markdown.validateLink = (address) => /^https?:\/\//i.test(address.trim());
markdown.renderer.rules['image'] = (tokens, index) => {
  const token = tokens[index];
  const address = token?.attrGet('src') ?? '';
  const named = [token?.content ?? '', address].filter((part) => part !== '').join(': ');
  return `<span class="picture">[picture ${markdown.utils.escapeHtml(named)}]</span>`;
};

/** Markdown from outside as HTML that is safe in the panel. */
export function markdownHtml(text: string): string {
  return markdown.render(text);
}
