/** A form of a page. */
export interface HtmlForm {
  readonly action: string;
  readonly method: 'GET' | 'POST';
  readonly fields: readonly HtmlField[];
}

export interface HtmlField {
  readonly name: string;
  readonly type: string;
  readonly value: string;
}

/** The forms of a page with their inputs and buttons; no more of HTML is read. */
export function formsIn(page: string): readonly HtmlForm[] {
  return [...page.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/gi)].map(([, head = '', body = '']) => {
    const about = attributesIn(head);
    return {
      action: about.get('action') ?? '',
      method: about.get('method')?.toUpperCase() === 'POST' ? 'POST' : 'GET',
      fields: [...body.matchAll(/<(?:input|button)\b([^>]*)>/gi)].flatMap(([, inner = '']) => fieldIn(inner)),
    };
  });
}

function fieldIn(attributes: string): readonly HtmlField[] {
  const about = attributesIn(attributes);
  const name = about.get('name');
  if (name === undefined) return [];
  return [{ name, type: about.get('type')?.toLowerCase() ?? 'text', value: about.get('value') ?? '' }];
}

/** The addresses that links of a page lead to. */
export function linksIn(page: string): readonly string[] {
  return [...page.matchAll(/<a\b([^>]*)>/gi)].flatMap(
    ([, attributes = '']) => attributesIn(attributes).get('href') ?? [],
  );
}

function attributesIn(text: string): ReadonlyMap<string, string> {
  const found = text.matchAll(/([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g);
  return new Map(
    [...found].map(([, name = '', double, single, bare]) => [
      name.toLowerCase(),
      unescaped(double ?? single ?? bare ?? ''),
    ]),
  );
}

const entities = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

function unescaped(text: string): string {
  return text.replaceAll(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return entities.get(name) ?? whole;
    const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}
