// Text from artifacts, logs and names is data: shown, never run, and nothing is fetched for it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aRun, aTask } from '../fakes/aRun.ts';
import { PanelPage } from './panelPage.ts';
import { messagesFor } from './states.ts';

const markup = '<img src=x onerror="parent.hacked=1"><script>window.hacked=1</script>';
const page = `<!doctype html><html><head>
<base href="https://elsewhere.example/">
<meta http-equiv="refresh" content="0; url=https://elsewhere.example/refreshed">
<link rel="stylesheet" href="https://elsewhere.example/style.css">
<link rel="preconnect" href="https://elsewhere.example"><link rel="dns-prefetch" href="//elsewhere.example">
<link rel="icon" href="https://elsewhere.example/icon.png">
<style>@import url(https://elsewhere.example/import.css); body { background: url(https://elsewhere.example/back.png) }
@font-face { font-family: x; src: url(https://elsewhere.example/font.woff) } p { font-family: x }</style>
<script>top.hacked = parent.hacked = 1</script><script src="https://elsewhere.example/a.js"></script>
</head><body onload="parent.hacked=1" background="https://elsewhere.example/old.png">
<h1 id="there">A report</h1><p style="background-image: url(https://elsewhere.example/inline.png)">Text</p>
<img src="https://elsewhere.example/picture.png" srcset="https://elsewhere.example/2x.png 2x" onerror="parent.hacked=1">
<svg><image href="https://elsewhere.example/svg.png"/><script>parent.hacked=1</script><a href="javascript:parent.hacked=1"><text>s</text></a>
<defs><path id="glyph" d="M0 0h9v9z"/></defs><use id="drawn" xlink:href="#glyph"/>
<image id="inline" xlink:href="data:image/gif;base64,R0lGODlhAQABAAAAACw="/><image id="remote" xlink:href="https://elsewhere.example/x.png"/>
<a id="svg" xlink:href="https://elsewhere.example/svg"><text y="20">svg</text></a></svg>
<iframe src="https://elsewhere.example/frame"></iframe><object data="https://elsewhere.example/o"></object>
<video src="https://elsewhere.example/v.mp4" poster="https://elsewhere.example/poster.png"></video>
<a id="out" href="https://elsewhere.example/away" ping="https://elsewhere.example/ping">away</a>
<a id="command" href="command:workbench.action.terminal.new">command</a>
<a id="script" href="javascript:parent.hacked=1">script</a> <a id="empty" href="">empty</a>
<form action="https://elsewhere.example/form"><button>send</button></form>
<div id="host"><template shadowrootmode="open"><h2>shadow</h2><form action="https://elsewhere.example/shadow"><button>send</button></form>
<a href="https://elsewhere.example/shadow">away</a><style>@import url(https://elsewhere.example/shadow.css)</style></template></div>
<svg><foreignObject><iframe srcdoc="<script>top.hacked=1</script>"></iframe><a href="https://elsewhere.example/foreign">f</a></foreignObject>
<style>@import "https://elsewhere.example/drawn.css"; rect { fill: url(https://elsewhere.example/fill.svg#a) }</style>
<rect fill="url(https://elsewhere.example/fill.svg#a)" clip-path="url(#clip)" id="rect" onclick="parent.hacked=1"/>
<image src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" href="https://elsewhere.example/behind.png"/><feImage href="https://elsewhere.example/fe.png"/><animateMotion onbegin="parent.hacked=1"/></svg>
<math><annotation-xml encoding="text/html"><a href="javascript:parent.hacked=1">m</a></annotation-xml>
<maction actiontype="statusline" xlink:href="https://elsewhere.example/math">n</maction></math>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=parent.hacked=1&gt;"></style></mglyph></table></mtext></math>
<svg></p><style><a id="</style><img src=1 onerror=parent.hacked=1>"></style></svg>
<noscript><b title="</noscript><img src=x onerror=parent.hacked=1>"></b></noscript>
<noembed><p title="</noembed><img src=x onerror=parent.hacked=1>"></noembed><xmp><b>as text</b></xmp><pre id="lines">${'\n'.repeat(12)}twelve lines</pre>
<table background="https://elsewhere.example/table.png"><tr><td ontoggle="parent.hacked=1">cell</td></tr></table>
<input type="image" src="https://elsewhere.example/input.png" formaction="https://elsewhere.example/form" autofocus>
<button form="f" formaction="javascript:parent.hacked=1" popovertarget="p">press</button><embed src="https://elsewhere.example/e">
<!--[if IE]><script>parent.hacked=1</script><![endif]--></body></html>`;
const notes = `# Notes ${markup}

![picture](https://elsewhere.example/picture.png) ![data](data:image/png;base64,AAAA)

[command](command:workbench.action.terminal.new) [script](javascript:window.hacked=1) [file](file:///etc/passwd)
[vscode](vscode://some.extension/run) [page](https://elsewhere.example/page)

<script>window.hacked=1</script><iframe src="https://elsewhere.example/frame"></iframe>
`;

const object = (name: string) => ({ bucket: 'artifacts', key: `study/study-1/report/1/${name}` });
const run = aRun({
  id: 'study-1',
  name: markup,
  state: 'failed',
  pipeline: { id: 'p' as never, name: markup },
  parameters: { [markup]: markup },
  error: { kind: 'task', type: markup, message: markup },
  metrics: [{ name: markup, value: markup, task: markup, artifact: 'metrics' }],
  notes: [{ what: 'note', message: markup }],
  tasks: [
    aTask({
      path: 'report',
      displayName: markup,
      state: 'failed',
      error: { kind: 'exception', type: 'ValueError', message: markup, line: 3, text: markup, offset: 1 },
      artifacts: [
        { name: 'page', type: 'HTML', uri: markup, metadata: {}, object: object('page') },
        {
          name: 'notes',
          type: 'Markdown',
          uri: 'x',
          metadata: { [markup]: markup },
          object: object('notes'),
        },
        {
          name: markup,
          type: 'ClassificationMetrics',
          uri: 'x',
          metadata: {
            confusionMatrix: {
              annotationSpecs: [{ displayName: markup }, { displayName: 'b' }],
              rows: [{ row: [3, 1] }, { row: [0, 4] }],
            },
          },
        },
      ],
    }),
  ],
});

describe('hostile content in the results panel', () => {
  let panel: PanelPage;
  beforeAll(async () => {
    panel = await PanelPage.open();
    // It is drawn again while the reports are on their way.
    await panel.send(...messagesFor(run));
    await panel.send(...messagesFor(run));
    await panel.send(
      { type: 'report', object: object('page'), report: { kind: 'html', text: page } },
      { type: 'report', object: object('notes'), report: { kind: 'markdown', text: notes } },
    );
  });
  afterAll(() => panel.close());

  const frame = () => panel.page.frameLocator('.report iframe');

  it('is displayed', async () => {
    await frame().getByText('A report').waitFor();
    await panel.page.locator('.markdown h1').waitFor();
    expect(await panel.page.locator('.markdown h1').innerText()).toBe(`Notes ${markup}`);
    expect(await panel.page.locator('.failure .message').innerText()).toBe(`ValueError: ${markup}`);
  });

  it('shows names with markup as text', async () => {
    const texts = await panel.page.locator('main').innerText();
    expect(texts.split(markup).length).toBeGreaterThan(6);
    const made = panel.page.locator('#app img, #app script, #app .markdown iframe');
    expect(await made.count()).toBe(0);
  });

  it('runs no scripts', async () => {
    await frame().locator('#script').click();
    const hacked = await Promise.all(
      panel.page.frames().map((inner) => inner.evaluate<boolean>(`'hacked' in window`).catch(() => false)),
    );
    expect(hacked).toEqual(hacked.map(() => false));
    expect(await frame().locator('script, meta[http-equiv="refresh"]').count()).toBe(0);
  });

  it('leads nowhere: only links to web pages remain, and none in a framed page', async () => {
    const links = await panel.page
      .locator('.markdown a')
      .evaluateAll((all) => all.map((a) => a.getAttribute('href')));
    expect(links).toEqual(['https://elsewhere.example/page']);
    for (const id of ['out', 'command', 'svg', 'empty']) await frame().locator(`#${id}`).click();
    expect(await frame().locator('#out').getAttribute('href')).toBeNull();
    expect(await frame().locator('#svg').getAttribute('xlink:href')).toBeNull();
    await frame().getByText('A report').waitFor();
  });

  it('keeps the parts of a drawing that refer to the page itself', async () => {
    const address = (id: string) => frame().locator(`#${id}`).getAttribute('xlink:href');
    expect(await address('drawn')).toBe('#glyph');
    expect(await address('inline')).toMatch(/^data:/);
    expect(await address('remote')).toBeNull();
  });

  it('puts nothing active into the frame', async () => {
    const framed = (await panel.page.locator('.report iframe').getAttribute('srcdoc')) ?? '';
    expect(framed).toMatch(/^<!doctype html><html><head><meta http-equiv="Content-Security-Policy"/);
    expect(framed).not.toMatch(
      /<(?:template|script|i?frame|object|embed|form|base|link|noscript|noembed|foreignobject|annotation-xml|mglyph|feimage [^>]*href|animate)/i,
    );
    expect(framed.match(/<meta/gi)).toHaveLength(1);
    expect(framed).not.toMatch(
      /\s(?:on\w+|ping|action|formaction|srcdoc|srcset|background|poster|shadowrootmode|autofocus)=/i,
    );
    expect(framed).not.toMatch(
      /(?:href|src)="?(?:https?:|\/\/|javascript:|command:)|@import|url\((?!#)|<!--/i,
    );
    expect(
      await frame()
        .locator('#host')
        .evaluate((host) => host.shadowRoot === null),
    ).toBe(true);
    expect(await frame().locator('#rect').getAttribute('clip-path')).toBe('url(#clip)');
    expect(await frame().locator('pre').first().innerText()).toBe('<b>as text</b>');
    expect(await frame().locator('#lines').textContent()).toBe(`${'\n'.repeat(11)}twelve lines`);
  });

  it('loads nothing from the network', () => {
    expect(panel.refused).toEqual([]);
  });

  it('makes the page request only the reports, each once', async () => {
    expect((await panel.sent()).map(({ type }) => type)).toEqual(['ready', 'readReport', 'readReport']);
  });
});
