import { readFile } from 'node:fs/promises';
import type { Seed } from '../world/seed.ts';
import { readSeed, SeedError } from './seed-shape.ts';

/**
 * Reads a seed file: JSON, or YAML when its name ends in `.yaml` or `.yml`. Rejects with `file:line: reason`, or with the
 * system's error.
 */
export async function readSeedFile(file: string): Promise<Seed> {
  const { value, lines } = await located(await readFile(file, 'utf8'), file);
  try {
    return readSeed(value);
  } catch (error) {
    if (error instanceof SeedError)
      throw new RangeError(`${file}:${lines.get(error.path) ?? 1}: ${error.message}`);
    throw error;
  }
}

/** A parsed text, with the line (from 1) on which each value begins, by path (`users[0].id`; `` is the whole). */
export interface Located {
  readonly value: unknown;
  readonly lines: ReadonlyMap<string, number>;
}

async function located(text: string, file: string): Promise<Located> {
  try {
    return /\.ya?ml$/i.test(file) ? await readLocatedYaml(text) : await readLocatedJson(text);
  } catch (error) {
    if (error instanceof SeedTextError) throw new RangeError(`${file}:${error.line}: ${error.message}`);
    throw error;
  }
}

/** Why a text cannot be read, and on which line. */
class SeedTextError extends Error {
  override readonly name = 'SeedTextError';
  readonly line: number;

  constructor(line: number, reason: string) {
    super(reason);
    this.line = line;
  }
}

/** Reads JSON (RFC 8259); refuses a name that is there twice. Rejects with `SeedTextError`. */
export async function readLocatedJson(source: string): Promise<Located> {
  // Loaded on demand, because most starts read no seed file.
  const { printParseErrorCode, visit } = await import('jsonc-parser');
  const text = source.replace(/^\uFEFF/, '');
  const lines = new Map<string, number>();
  const open: (Set<string> | null)[] = [];
  const flaws: SeedTextError[] = [];
  const flaw = (line: number, reason: string) => void flaws.push(new SeedTextError(line + 1, reason));
  const note = (line: number, path: Path) => void lines.set(written(path), line + 1);
  visit(
    text,
    {
      onObjectBegin: (_offset, _length, line, _column, pathOf) => {
        open.push(new Set());
        note(line, pathOf());
      },
      onObjectProperty: (name, _offset, _length, line) => {
        if (open.at(-1)?.has(name)) flaw(line, `${name} is there twice`);
        open.at(-1)?.add(name);
      },
      onObjectEnd: () => void open.pop(),
      onArrayBegin: (_offset, _length, line, _column, pathOf) => {
        open.push(null);
        note(line, pathOf());
      },
      onArrayEnd: () => void open.pop(),
      onLiteralValue: (_value, _offset, _length, line, _column, pathOf) => note(line, pathOf()),
      onError: (code, offset, length, line) => {
        const found = text.slice(offset, offset + length);
        flaw(line, syntaxReason(printParseErrorCode(code), found, open.at(-1) ? '}' : ']'));
      },
    },
    { disallowComments: true },
  );
  if (flaws[0]) throw flaws[0];
  return { value: JSON.parse(text), lines };
}

type Path = readonly (string | number)[];

/** A path in writing: `users[0].id`. */
function written(path: Path): string {
  return path
    .map((step, at) => (typeof step === 'number' ? `[${step}]` : at === 0 ? step : `.${step}`))
    .join('');
}

/** A syntax error of the parser in words; `end` is the closing bracket that may be missing. */
function syntaxReason(code: string, found: string, end: string): string {
  const reasons: Readonly<Record<string, string>> = {
    ValueExpected: 'a value is missing',
    UnexpectedEndOfString: 'a value is missing',
    PropertyNameExpected: 'a name in double quotes is missing',
    ColonExpected: '":" is missing',
    CommaExpected: `"," or "${end}" is missing`,
    CloseBraceExpected: '"," or "}" is missing',
    CloseBracketExpected: '"," or "]" is missing',
    EndOfFileExpected: 'something follows the end',
  };
  return reasons[code] ?? `${found} is no JSON value`;
}

/**
 * Reads YAML with the optional package `yaml` (version 2). Rejects with `SeedTextError` for what it cannot read, and with
 * `RangeError` where the package is not installed.
 */
async function readLocatedYaml(text: string): Promise<Located> {
  const { isCollection, isMap, isPair, isScalar, LineCounter, parseDocument } = await loadYaml();
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, schema: 'core' });
  const [error] = document.errors;
  if (error) throw new SeedTextError(counter.linePos(error.pos[0]).line, error.message.split('\n')[0] ?? '');
  const lines = new Map<string, number>([['', 1]]);
  const note = (node: unknown, path: Path): void => {
    if (!isCollection(node)) return;
    for (const [at, item] of node.items.entries()) {
      const value = isPair(item) ? item.value : item;
      const name = isPair(item) && isScalar(item.key) ? String(item.key.value) : '';
      const inner = [...path, isMap(node) ? name : at];
      const start = isPair(item) ? item.key : item;
      if (isScalar(start) || isCollection(start))
        lines.set(written(inner), counter.linePos(start.range?.[0] ?? 0).line);
      note(value, inner);
    }
  };
  note(document.contents, []);
  return { value: document.toJS({ maxAliasCount: 100 }), lines };
}

async function loadYaml(): Promise<typeof import('yaml')> {
  try {
    return await import('yaml');
  } catch {
    throw new RangeError('a YAML seed needs the package yaml: npm install yaml (JSON needs nothing)');
  }
}
