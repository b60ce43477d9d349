import type { Tree } from './read-tree';
import { codeLines, isNode, type Node, nameOf, parse, walk } from './syntax';

/** One import, export or dynamic import of a file. `from` is `null` when only running the code would tell. */
interface Import {
  readonly from: string | null;
  readonly typeOnly: boolean;
}

/** One function: the line it begins at, from 1, its code lines, and whether it makes markup. */
interface Func {
  readonly line: number;
  readonly length: number;
  readonly markup: boolean;
}

/** What the rules want to know about one file. */
export interface Facts {
  readonly path: string;
  readonly length: number;
  readonly imports: readonly Import[];
  readonly functions: readonly Func[];
  /** Constructs that are looked for, as often as they occur. */
  readonly constructs: readonly string[];
}

/** Reads every file of a tree. */
export function readFacts(tree: Tree): Facts[] {
  return Object.entries(tree).map(([path, source]) => factsOf(path, source));
}

function factsOf(path: string, source: string): Facts {
  const program = parse(path, source);
  const nodes = [...walk(program)];
  const lines = codeLines(source, program);
  return {
    path,
    length: lines.size,
    imports: nodes.flatMap(importsOf),
    functions: nodes.filter(isFunction).map((node) => functionOf(node, source, lines)),
    constructs: nodes.flatMap(constructsOf),
  };
}

function importsOf(node: Node): Import[] {
  const types = node['importKind'] === 'type' || node['exportKind'] === 'type';
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      return isNode(node['source']) ? [{ from: nameOf(node['source']), typeOnly: types }] : [];
    case 'ImportExpression':
      return [{ from: textOf(node['source']), typeOnly: false }];
    case 'TSImportType':
      return [{ from: textOf(node['source']), typeOnly: true }];
    case 'TSExternalModuleReference':
      return [{ from: textOf(node['expression']), typeOnly: false }];
    case 'CallExpression':
      return isRequire(node) ? [{ from: textOf(firstOf(node['arguments'])), typeOnly: false }] : [];
    default:
      return [];
  }
}

function isRequire(node: Node): boolean {
  return (
    isNode(node['callee']) && node['callee'].type === 'Identifier' && nameOf(node['callee']) === 'require'
  );
}

function textOf(node: unknown): string | null {
  return isNode(node) && node.type === 'Literal' ? nameOf(node) : null;
}

function firstOf(list: unknown): unknown {
  return Array.isArray(list) ? list[0] : undefined;
}

function isFunction({ type }: Node): boolean {
  return /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(type);
}

function functionOf(node: Node, source: string, lines: ReadonlySet<number>): Func {
  const first = source.slice(0, node.start).split('\n').length - 1;
  const last = source.slice(0, node.end).split('\n').length - 1;
  let length = 0;
  for (let line = first; line <= last; line += 1) if (lines.has(line)) length += 1;
  const markup = [...walk(node)].some(({ type }) => type === 'JSXElement' || type === 'JSXFragment');
  return { line: first + 1, length, markup };
}

/** `any`, `!`, `class`, `$transaction`, `use server`, and `process.env` with what is read of it. */
function constructsOf(node: Node): string[] {
  switch (node.type) {
    case 'TSAnyKeyword':
      return ['any'];
    case 'TSNonNullExpression':
      return ['!'];
    case 'ClassDeclaration':
    case 'ClassExpression':
      return /Error$/.test(nameOf(node['superClass']) ?? '') ? [] : ['class'];
    case 'ExpressionStatement':
      return node['directive'] === 'use server' ? ['use server'] : [];
    case 'ImportDeclaration':
      return /^(node:)?process$/.test(nameOf(node['source']) ?? '') ? ['process.env'] : [];
    case 'VariableDeclarator':
      return isProcess(node['init']) ? ['process.env'] : [];
    case 'MemberExpression':
      return memberConstructs(node);
    default:
      return [];
  }
}

function memberConstructs(node: Node): string[] {
  const property = nameOf(node['property']);
  if (property === '$transaction') return ['$transaction'];
  if (isEnv(node['object'])) return [`process.env.${property}`];
  return isEnv(node) ? ['process.env'] : [];
}

function isEnv(node: unknown): boolean {
  if (!isNode(node) || node.type !== 'MemberExpression' || nameOf(node['property']) !== 'env') return false;
  const object = node['object'];
  return isProcess(object) || (isNode(object) && nameOf(object['property']) === 'process');
}

function isProcess(node: unknown): boolean {
  return isNode(node) && node.type === 'Identifier' && nameOf(node) === 'process';
}
