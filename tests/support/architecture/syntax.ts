import { parseAst } from 'vitest/node';

/** One node of a syntax tree: whatever the parser says about it, by name. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [name: string]: unknown;
}

/** The syntax tree of a file; its name says whether it has types and markup. */
export function parse(path: string, source: string): Node {
  const lang = /\.(tsx?)$/.exec(path)?.[1] === 'tsx' ? 'tsx' : path.endsWith('.ts') ? 'ts' : 'js';
  const program: unknown = parseAst(source, { lang, astType: 'ts' });
  if (!isNode(program)) throw new TypeError(`${path} has no syntax tree`);
  return program;
}

/** Every node of a tree, parents before their children. */
export function* walk(node: Node): Generator<Node> {
  yield node;
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) yield* walk(child);
  }
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, 'type') === 'string';
}

/** The name of an identifier, or the text of a literal. */
export function nameOf(node: unknown): string | null {
  if (!isNode(node)) return null;
  const name = node['name'] ?? node['value'];
  return typeof name === 'string' ? name : null;
}

/**
 * Numbers of the lines that hold code, from 0: neither blank nor comment alone. Comments are looked for
 * outside of texts, templates, patterns and markup.
 */
export function codeLines(source: string, program: Node): ReadonlySet<number> {
  const opaque = [...walk(program)].filter(isText).map(({ start, end }) => [start, end] as const);
  const bare = withoutComments(source, new Map(opaque));
  const lines = bare.split('\n').flatMap((line, number) => (line.trim() ? [number] : []));
  return new Set(lines);
}

function isText({ type }: Node): boolean {
  return type === 'Literal' || type === 'TemplateElement' || type === 'JSXText';
}

function withoutComments(source: string, opaque: ReadonlyMap<number, number>): string {
  const comment = /\/\/[^\n]*|\/\*[\s\S]*?\*\//y;
  let bare = '';
  for (let at = 0; at < source.length; ) {
    const end = opaque.get(at) ?? at;
    comment.lastIndex = at;
    const found = end > at ? null : comment.exec(source)?.[0];
    const taken = found ?? source.slice(at, Math.max(end, at + 1));
    bare += found === undefined || found === null ? taken : found.replace(/[^\n]/g, ' ');
    at += taken.length;
  }
  return bare;
}
