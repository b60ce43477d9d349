/** A JSON text that was read, and on which line (from 1) each value of it begins, by path (`users[0].id`; `` is all). */
export interface LocatedJson {
  readonly value: unknown;
  readonly lines: ReadonlyMap<string, number>;
}

/** Why a text is no JSON, and where. */
export class JsonTextError extends Error {
  override readonly name = 'JsonTextError';
  readonly line: number;

  constructor(line: number, reason: string) {
    super(reason);
    this.line = line;
  }
}

/** Reads JSON (RFC 8259); refuses a name that is there twice. Throws `JsonTextError`. */
export function readLocatedJson(text: string): LocatedJson {
  const reader = {
    text: text.replace(/^\uFEFF/, ''),
    at: 0,
    line: 1,
    counted: 0,
    lines: new Map<string, number>(),
  };
  const value = readValue(reader, '');
  skipSpace(reader);
  if (reader.at < reader.text.length) throw wrong(reader, 'something follows the end');
  return { value, lines: reader.lines };
}

interface Reader {
  readonly text: string;
  readonly lines: Map<string, number>;
  at: number;
  /** The line of `counted`, a place that was passed. */
  line: number;
  counted: number;
}

function readValue(reader: Reader, path: string): unknown {
  skipSpace(reader);
  reader.lines.set(path, lineAt(reader));
  const first = reader.text[reader.at];
  if (first === '{') return readObject(reader, path);
  if (first === '[') return readList(reader, path);
  return readScalar(reader);
}

function readObject(reader: Reader, path: string): Record<string, unknown> {
  const members = new Map<string, unknown>();
  readItems(reader, '}', () => {
    skipSpace(reader);
    const name = readScalar(reader);
    if (typeof name !== 'string') throw wrong(reader, 'a name in double quotes is missing');
    if (members.has(name)) throw wrong(reader, `${name} is there twice`);
    expectNext(reader, ':');
    members.set(name, readValue(reader, path === '' ? name : `${path}.${name}`));
  });
  return Object.fromEntries(members);
}

function readList(reader: Reader, path: string): unknown[] {
  const values: unknown[] = [];
  readItems(reader, ']', () => {
    values.push(readValue(reader, `${path}[${values.length}]`));
  });
  return values;
}

/** Reads items between commas up to the closing bracket. */
function readItems(reader: Reader, end: string, readItem: () => void): void {
  reader.at += 1;
  skipSpace(reader);
  if (reader.text[reader.at] === end) {
    reader.at += 1;
    return;
  }
  for (;;) {
    readItem();
    skipSpace(reader);
    const found = reader.text[reader.at];
    if (found !== ',' && found !== end) throw wrong(reader, `"," or "${end}" is missing`);
    reader.at += 1;
    if (found === end) return;
  }
}

function readScalar(reader: Reader): unknown {
  const scalar = /"(?:[^"\\\n]|\\.)*"|[\w.+-]+/y;
  scalar.lastIndex = reader.at;
  const [found] = scalar.exec(reader.text) ?? [];
  if (found === undefined) throw wrong(reader, 'a value is missing');
  try {
    const value: unknown = JSON.parse(found);
    reader.at += found.length;
    return value;
  } catch {
    throw wrong(reader, `${found} is no JSON value`);
  }
}

function expectNext(reader: Reader, character: string): void {
  skipSpace(reader);
  if (reader.text[reader.at] !== character) throw wrong(reader, `"${character}" is missing`);
  reader.at += 1;
}

function skipSpace(reader: Reader): void {
  const space = /[ \t\r\n]*/y;
  space.lastIndex = reader.at;
  reader.at += space.exec(reader.text)?.[0].length ?? 0;
}

function lineAt(reader: Reader): number {
  for (; reader.counted < reader.at; reader.counted += 1) {
    if (reader.text[reader.counted] === '\n') reader.line += 1;
  }
  return reader.line;
}

function wrong(reader: Reader, reason: string): JsonTextError {
  return new JsonTextError(lineAt(reader), reason);
}
