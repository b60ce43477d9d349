import { JsonTextError, type LocatedJson } from './located-json.ts';

/**
 * Reads YAML with the optional package `yaml` (version 2). Rejects with `JsonTextError` for what it cannot read, and with
 * `RangeError` where the package is not installed.
 */
export async function readLocatedYaml(text: string): Promise<LocatedJson> {
  const { isCollection, isMap, isPair, isScalar, LineCounter, parseDocument } = await loadYaml();
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, schema: 'core' });
  const [error] = document.errors;
  if (error) throw new JsonTextError(counter.linePos(error.pos[0]).line, error.message.split('\n')[0] ?? '');
  const lines = new Map<string, number>([['', 1]]);
  const note = (node: unknown, path: string): void => {
    if (!isCollection(node)) return;
    for (const [at, item] of node.items.entries()) {
      const value = isPair(item) ? item.value : item;
      const name = isPair(item) && isScalar(item.key) ? String(item.key.value) : '';
      const inner = isMap(node) ? (path === '' ? name : `${path}.${name}`) : `${path}[${at}]`;
      const start = isPair(item) ? item.key : item;
      if (isScalar(start) || isCollection(start))
        lines.set(inner, counter.linePos(start.range?.[0] ?? 0).line);
      note(value, inner);
    }
  };
  note(document.contents, '');
  return { value: document.toJS({ maxAliasCount: 100 }), lines };
}

async function loadYaml(): Promise<typeof import('yaml')> {
  try {
    return await import('yaml');
  } catch {
    throw new RangeError('a YAML seed needs the package yaml: npm install yaml (JSON needs nothing)');
  }
}
