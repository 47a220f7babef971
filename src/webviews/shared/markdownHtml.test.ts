import { expect, it } from 'vitest';
import { markdownHtml } from './markdownHtml.ts';

it.each([
  ['**bold**', '<strong>bold</strong>'],
  ['<script>run()</script>', '&lt;script&gt;run()&lt;/script&gt;'],
  ['[page](https://a.example/)', '<a href="https://a.example/">page</a>'],
  ['[run](command:workbench.action.terminal.new)', '[run](command:workbench.action.terminal.new)'],
  ['[run](javascript:alert(1))', '[run](javascript:alert(1))'],
  ['![plot](https://a.example/plot.png)', '<span class="picture">[picture plot]</span>'],
])('renders %s', (text, html) => {
  expect(markdownHtml(text)).toContain(
    html.replace('[picture plot]', '[picture plot: https://a.example/plot.png]'),
  );
});
