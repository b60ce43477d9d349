import { parseAst } from 'vitest/node';

/** One function: the line it begins at, from 1, its code lines, and whether it makes markup. */
export interface Func {
  readonly line: number;
  readonly length: number;
  readonly markup: boolean;
}

/** One node of a syntax tree: whatever the parser says about it, by name. */
interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [name: string]: unknown;
}

/**
 * Counts the lines that hold code, neither blank nor comment alone: of a file, and of each function in it. Biome's
 * rules of that name take a template or the text between two tags for one line, however many it has.
 */
export function codeLines(path: string, source: string): { length: number; functions: readonly Func[] } {
  const nodes = [...walk(parse(path, source))];
  const opaque = nodes.filter(({ type }) => /^(Literal|TemplateElement|JSXText)$/.test(type));
  const bare = withoutComments(source, new Map(opaque.map(({ start, end }) => [start, end])));
  const length = (start: number, end: number) =>
    wholeLines(bare, start, end).filter((line) => line.trim() !== '').length;
  const functions = nodes.filter(({ type }) =>
    /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(type),
  );
  return {
    length: length(0, bare.length),
    functions: functions.map((node) => ({
      line: source.slice(0, node.start).split('\n').length,
      length: length(node.start, node.end),
      markup: [...walk(node)].some(({ type }) => type === 'JSXElement' || type === 'JSXFragment'),
    })),
  };
}

function parse(path: string, source: string): Node {
  const lang = /\.(tsx?)$/.exec(path)?.[1] === 'tsx' ? 'tsx' : path.endsWith('.ts') ? 'ts' : 'js';
  const program: unknown = parseAst(source, { lang, astType: 'ts' });
  if (!isNode(program)) throw new TypeError(`${path} has no syntax tree`);
  return program;
}

/** Every node of a tree, parents before their children. */
function* walk(node: Node): Generator<Node> {
  yield node;
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) yield* walk(child);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, 'type') === 'string';
}

/** The lines from the one that holds `start` to the one that holds `end`. */
function wholeLines(text: string, start: number, end: number): string[] {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const to = text.indexOf('\n', end);
  return text.slice(from, to === -1 ? text.length : to).split('\n');
}

/** The same text, with comments as spaces: looked for outside of literals, templates and the text of markup. */
function withoutComments(source: string, opaque: ReadonlyMap<number, number>): string {
  const comment = /\/\/[^\n]*|\/\*[\s\S]*?\*\//y;
  let bare = '';
  for (let at = 0; at < source.length; ) {
    const end = opaque.get(at) ?? at;
    comment.lastIndex = at;
    const found = end > at ? undefined : comment.exec(source)?.[0];
    const taken = found ?? source.slice(at, Math.max(end, at + 1));
    bare += found === undefined ? taken : found.replace(/[^\n]/g, ' ');
    at += taken.length;
  }
  return bare;
}
