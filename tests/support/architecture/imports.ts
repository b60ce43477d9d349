import { posix } from 'node:path';
import type { Facts } from './facts';

/** The parts of the house that have rules about what they may know. */
type Place =
  | 'app'
  | 'components'
  | 'lib'
  | 'lib/login'
  | 'lib/kakao'
  | 'lib/session'
  | 'lib/db'
  | 'lib/text'
  | 'emulator'
  | 'emulator/published'
  | 'emulator/doctor'
  | 'outside';

const leaves = ['lib/kakao', 'lib/session', 'lib/db'] as const;

/** What each place may import, beside packages. `outside` (scripts, tests, configuration) may know everything. */
const mayImport: Readonly<Record<Place, readonly Place[]>> = {
  app: ['app', 'components', 'lib', 'lib/login', 'lib/text', ...leaves],
  components: ['components', 'lib/text'],
  lib: ['lib', 'lib/login', 'lib/text', ...leaves],
  'lib/login': ['lib/login', ...leaves],
  'lib/kakao': ['lib/kakao'],
  'lib/session': ['lib/session'],
  'lib/db': ['lib/db'],
  'lib/text': ['lib/text'],
  emulator: ['emulator', 'emulator/published'],
  'emulator/published': ['emulator', 'emulator/published'],
  'emulator/doctor': ['emulator/doctor', 'emulator/published'],
  outside: [
    'app',
    'components',
    'lib',
    'lib/login',
    'lib/text',
    ...leaves,
    'emulator',
    'emulator/published',
    'emulator/doctor',
    'outside',
  ],
};

const framework = /^(next|react|react-dom|next-auth|server-only|client-only)(\/|$)/;
const serverOnly =
  /^(node:.*|next\/(headers|server)|next-auth|server-only|@prisma\/.*|better-sqlite3|jose|oauth4webapi|pino)$/;

/** Imports that go where the arrows do not point, or to something that a place must not know. */
export function importViolations(files: readonly Facts[]): string[] {
  return files.flatMap((file) => {
    const place = placeOf(file.path);
    if (place === null) return [`${file.path} is in a folder that has no place in the design`];
    if (place === 'outside') return [];
    return file.imports.flatMap(({ from, typeOnly }) => {
      if (from === null) return [`${file.path} imports something that only running it would tell`];
      const target = resolve(file.path, from);
      const wrong = target === null ? isWrongPackage(place, from, typeOnly) : !mayKnow(place, target);
      return wrong ? [`${file.path} must not import ${from}`] : [];
    });
  });
}

function mayKnow(place: Place, target: string): boolean {
  const other = placeOf(target);
  return other !== null && mayImport[place].includes(other);
}

function isWrongPackage(place: Place, name: string, typeOnly: boolean): boolean {
  if (place === 'components') return serverOnly.test(name) && !typeOnly;
  return place !== 'app' && place !== 'lib' && framework.test(name);
}

function placeOf(path: string): Place | null {
  const [top = '', second = '', third] = path.split('/');
  if (top === 'proxy.ts' || top === 'instrumentation.ts') return 'app';
  if (top === 'app' || top === 'components') return top;
  if (top === 'emulator') return placeInEmulator(path);
  if (top !== 'lib') return 'outside';
  const folder = Object.keys(mayImport).find((place): place is Place => place === `lib/${second}`);
  return folder ?? (third === undefined ? 'lib' : null);
}

/** The doctor uses the emulator as everybody does who has installed it. */
function placeInEmulator(path: string): Place {
  if (path.startsWith('emulator/tests/')) return 'outside';
  if (path.startsWith('emulator/doctor/')) return 'emulator/doctor';
  return /^emulator\/src\/(client|index)(\.ts)?$/.test(path) ? 'emulator/published' : 'emulator';
}

/** The path that an import names, without its extension if it has none; `null` for a package. */
function resolve(importer: string, from: string): string | null {
  if (from.startsWith('@/')) return posix.normalize(from.slice(2));
  if (from.startsWith('.')) return posix.join(posix.dirname(importer), from);
  return /^kakao-emulator(\/|$)/.test(from) ? 'emulator/src/index.ts' : null;
}

/** Every circle of imports, as the paths along it. */
export function cycles(files: readonly Facts[]): string[] {
  const known = new Map(files.map((file) => [file.path, file]));
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) found.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
    if (done.has(path) || trail.includes(path)) return;
    for (const next of targetsOf(known.get(path), known)) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of known.keys()) visit(path, []);
  return found;
}

function targetsOf(file: Facts | undefined, known: ReadonlyMap<string, Facts>): string[] {
  return (file?.imports ?? []).flatMap(({ from }) => {
    const target = file && from !== null ? resolve(file.path, from) : null;
    if (target === null) return [];
    const endings = ['', '.ts', '.tsx', '/index.ts', '.mjs', '.js'];
    const path = endings.map((ending) => `${target}${ending}`).find((candidate) => known.has(candidate));
    return path === undefined ? [] : [path];
  });
}
