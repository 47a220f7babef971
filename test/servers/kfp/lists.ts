import { invalid, internal, Refusal } from './failure.ts';
import {
  type Cell,
  checkKeys,
  collated,
  type Columns,
  compare,
  type Filter,
  passes,
  readFilter,
} from './filters.ts';

/** How things of one kind are listed. */
export interface ListKind<T> {
  /** As the server calls the type: Experiment, Run, Job. */
  readonly type: string;
  readonly table: string;
  readonly idOf: (item: T) => string;
  readonly filterable: Columns<T>;
  readonly sortable: Columns<T>;
  readonly tags?: (item: T) => { readonly [key: string]: string };
  /** What a refusal of the options begins with. */
  readonly refused: (query: URLSearchParams) => string;
  /** What a failure of the list itself begins with. */
  readonly failed: string;
}

export interface Listed<T> {
  readonly items: readonly T[];
  readonly total: number;
  readonly next: string | undefined;
}

interface Token {
  readonly table?: string;
  readonly sort?: string;
  readonly descending?: boolean;
  readonly value?: Cell;
  readonly id?: string;
  readonly filter?: string;
}

const largestPage = 200;

/** One page, by the query of a request. Pages are found by value, so that nothing is lost when the list changes between two. */
export function listOf<T>(items: readonly T[], kind: ListKind<T>, query: URLSearchParams): Listed<T> {
  const before = kind.refused(query);
  const size = sizeOf(query, before);
  const token = tokenOf(get(query, 'page_token'), before);
  const asked = sortOf(get(query, 'sort_by'), kind, before);
  const text = get(query, 'filter');
  if (token !== undefined && 'sort' in token) checkToken(token, { sort: asked, text }, before);
  const filterText = token?.filter ?? text;
  const filter = filterText === '' ? [] : readFilter(filterText, before);
  checkFilter(filter, kind, before);
  const sort = token?.sort === undefined ? asked : { key: token.sort, descending: token.descending === true };
  if (token?.table !== undefined && token.table !== kind.table) {
    const unknown = `Error 1054 (42S22): Unknown column '${token.table}.Name' in 'WHERE'`;
    throw internal(`${kind.failed}: `, `${kind.failed.split(': ')[0]}: ${unknown}: ${unknown}`);
  }
  const cell = (item: T, key: string) => cellOf(item, key, kind);
  const kept = items.filter((item) => passes(item, filter, cell));
  return pageOf(kept, { kind, sort, token, size, filterText });
}

function pageOf<T>(
  kept: readonly T[],
  {
    kind,
    sort,
    token,
    size,
    filterText,
  }: {
    readonly kind: ListKind<T>;
    readonly sort: Sort;
    readonly token: Token | undefined;
    readonly size: number;
    readonly filterText: string;
  },
): Listed<T> {
  const value = (item: T) => collated(kind.sortable[sort.key]?.(item) ?? '');
  const sign = sort.descending ? -1 : 1;
  const order = (a: Place, b: Place) => sign * (compare(a.value, b.value) || compare(a.id, b.id));
  const from = token?.id === undefined ? undefined : { value: token.value ?? '', id: token.id };
  // Each item's place is found once: a comparison would find it thousands of times.
  const rest = kept
    .map((item) => ({ item, value: value(item), id: kind.idOf(item) }))
    .filter((place) => from === undefined || order(place, from) >= 0)
    .toSorted(order)
    .slice(0, size + 1);
  const following = rest[size];
  const next: Token | undefined = following && {
    table: kind.table,
    sort: sort.key,
    descending: sort.descending,
    value: following.value,
    id: following.id,
    filter: filterText,
  };
  return {
    items: rest.slice(0, size).map(({ item }) => item),
    total: kept.length,
    next: next && Buffer.from(JSON.stringify(next)).toString('base64'),
  };
}

interface Place {
  readonly value: Cell;
  readonly id: string;
}

/** A parameter of the query in either spelling. */
function get(query: URLSearchParams, name: string): string {
  const camel = name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return query.get(name) ?? query.get(camel) ?? '';
}

function sizeOf(query: URLSearchParams, before: string): number {
  const text = query.get('page_size') ?? query.get('pageSize');
  if (text === null) return 20;
  const wrong = (why: string) =>
    new Refusal(3, `parsing field "page_size": strconv.ParseInt: parsing ${JSON.stringify(text)}: ${why}`);
  if (!/^[-+]?\d+$/.test(text)) throw wrong('invalid syntax');
  const size = Number(text);
  if (Math.abs(size) > 2_147_483_647) throw wrong('value out of range');
  if (size < 0) throw invalid(before, `The page size should be greater than 0. Got ${size}`);
  return size === 0 ? 20 : Math.min(size, largestPage);
}

interface Sort {
  readonly key: string;
  readonly descending: boolean;
}

function sortOf<T>(text: string, { sortable, type }: ListKind<T>, before: string): Sort {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const [key = 'created_at', direction = 'asc', ...more] = words;
  if (more.length > 0 || (direction !== 'asc' && direction !== 'desc')) {
    const formats = '"field_name", "field_name desc", or "field_name asc"';
    throw invalid(
      before,
      `Received invalid sort by format ${JSON.stringify(text.toLowerCase())}. Supported format: ${formats}`,
    );
  }
  const known = Object.hasOwn(sortable, key) || (type === 'Run' && key.startsWith('metric:'));
  if (!known) throw invalid(before, `Invalid sorting field: ${JSON.stringify(key)} on listable type ${type}`);
  return { key, descending: direction === 'desc' };
}

function tokenOf(text: string, before: string): Token | undefined {
  if (text === '') return undefined;
  const wrong = (why: string) => {
    const inner = `Invalid page token: ${why}`;
    return new Refusal(3, `${before}InvalidInputError: ${inner}`, inner);
  };
  const odd = /[^A-Za-z0-9+/=]/.exec(text);
  if (odd !== null || text.length % 4 !== 0)
    throw wrong(`illegal base64 data at input byte ${odd?.index ?? text.length - (text.length % 4)}`);
  try {
    return JSON.parse(Buffer.from(text, 'base64').toString('utf8')) as Token;
  } catch {
    throw wrong('invalid character');
  }
}

function checkToken(token: Token, { sort, text }: { sort: Sort; text: string }, before: string): void {
  const given = sort.key !== 'created_at' || sort.descending || text !== '';
  const same =
    token.sort === sort.key &&
    (token.descending ?? false) === sort.descending &&
    (token.filter ?? '') === text;
  if (given && !same)
    throw invalid(
      before,
      'page token does not match the supplied sort by and/or filtering criteria. Either specify the same criteria or leave the latter empty if page token is specified',
    );
}

function checkFilter<T>(filter: Filter, kind: ListKind<T>, before: string): void {
  const tagged = filter.find(({ key, operation }) => key.startsWith('tags.') && operation !== 'EQUALS');
  if (tagged !== undefined && kind.tags !== undefined)
    throw invalid(
      `${kind.failed} due to invalid tag filter in filter spec: `,
      `only EQUALS operation is supported for tag filtering, got ${tagged.operation} for key ${JSON.stringify(tagged.key)}`,
    );
  checkKeys(filter, kind.filterable, before);
}

function cellOf<T>(item: T, key: string, kind: ListKind<T>): Cell {
  if (key.startsWith('tags.')) return kind.tags?.(item)[key.slice('tags.'.length)] ?? '\0';
  return kind.filterable[key]?.(item) ?? '';
}
