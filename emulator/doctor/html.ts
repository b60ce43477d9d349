/** A link of a page, or a form with its prefilled fields. */
export interface Action {
  readonly kind: 'link' | 'form';
  readonly method: 'GET' | 'POST';
  /** As written, entities decoded. */
  readonly target: string;
  readonly fields: readonly (readonly [string, string])[];
  /** Its words, and the names in its markup. */
  readonly words: string;
}

const attributes = `((?:"[^"]*"|'[^']*'|[^'">])*)`;
const links = new RegExp(`<a\\b${attributes}>([\\s\\S]*?)</a>`, 'gi');
const forms = new RegExp(`<form\\b${attributes}>([\\s\\S]*?)</form>`, 'gi');
const inputs = new RegExp(`<input\\b${attributes}>`, 'gi');
const scripts = new RegExp(`<script\\b${attributes}>`, 'gi');

/** The links and forms of a page, in no order of importance. */
export function actionsIn(html: string): Action[] {
  return [...[...html.matchAll(forms)].map(formOf), ...[...html.matchAll(links)].flatMap(linkOf)];
}

/** The addresses of the scripts that a page loads, as written. */
export function scriptsIn(html: string): string[] {
  return [...html.matchAll(scripts)].flatMap(([, inside = '']) => {
    const { src } = attributesOf(inside);
    return src === undefined ? [] : [src];
  });
}

function linkOf([, inside = '', content = '']: RegExpMatchArray): Action[] {
  const { href } = attributesOf(inside);
  if (href === undefined || /^(#|javascript:|mailto:)/i.test(href)) return [];
  return [{ kind: 'link', method: 'GET', target: href, fields: [], words: `${inside} ${content}` }];
}

function formOf([, inside = '', content = '']: RegExpMatchArray): Action {
  const { action = '', method = 'get' } = attributesOf(inside);
  const fields = [...content.matchAll(inputs)].flatMap(([, input = '']) => {
    const { name, value = '', type = 'text' } = attributesOf(input);
    const isSent = name !== undefined && !/^(submit|button|image|checkbox|radio|file|reset)$/i.test(type);
    return isSent ? [[name, value] as const] : [];
  });
  const isPost = method.toLowerCase() === 'post';
  return {
    kind: 'form',
    method: isPost ? 'POST' : 'GET',
    target: action,
    fields,
    words: `${inside} ${content}`,
  };
}

function attributesOf(inside: string): { readonly [name: string]: string } & Named {
  const pairs = inside.matchAll(/([\w:-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g);
  return Object.fromEntries(
    [...pairs].map(([, name = '', a, b, c]) => [name.toLowerCase(), decoded(a ?? b ?? c ?? '')]),
  );
}

/** The attributes that are read. */
interface Named {
  readonly href?: string;
  readonly src?: string;
  readonly action?: string;
  readonly method?: string;
  readonly name?: string;
  readonly value?: string;
  readonly type?: string;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decoded(text: string): string {
  return text.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    const point = hex ? Number.parseInt(hex, 16) : Number(decimal);
    if (hex || decimal) return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    return entities[name] ?? whole;
  });
}
