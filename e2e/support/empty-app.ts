import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../scripts/run/command.mjs';
import { run, toolCommand } from '../../scripts/run/process.mjs';

const FOLDER = join(ROOT, '.next', 'cache', 'empty-app');

const FILES: Readonly<Record<string, string>> = {
  'package.json': '{"private":true,"type":"module"}',
  'next.config.js': `export default { turbopack: { root: ${JSON.stringify(ROOT)} } };`,
  'app/layout.jsx':
    'export default function Layout({ children }) { return <html lang="ko"><body>{children}</body></html>; }',
  'app/page.jsx': 'export default function Page() { return null; }',
};

/** The scripts that a browser loads for a page that returns `null`. */
export async function emptyPageScripts(): Promise<readonly Buffer[]> {
  const page = join(await builtEmptyApp(), '.next', 'server', 'app', 'index.html');
  const tags = readFileSync(page, 'utf8').match(/<script\b[^>]*\bsrc="[^"]+"[^>]*>/g) ?? [];
  const modern = tags.filter((tag) => !/\bnomodule\b/i.test(tag));
  const paths = new Set(modern.map((tag) => /\/_next\/(static\/[^"?]+)/.exec(tag)?.[1] ?? ''));
  return [...paths].map((path) => readFileSync(join(FOLDER, '.next', path)));
}

/** The folder of the empty app, built with the installed Next.js. The build is kept beside that of the app. */
async function builtEmptyApp(): Promise<string> {
  const versionFile = join(FOLDER, 'version');
  const version = `${nextVersion()} ${JSON.stringify(FILES)}`;
  if (!existsSync(versionFile) || readFileSync(versionFile, 'utf8') !== version) {
    await build();
    writeFileSync(versionFile, version);
  }
  return FOLDER;
}

async function build(): Promise<void> {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(join(FOLDER, 'app'), { recursive: true });
  for (const [name, content] of Object.entries(FILES)) writeFileSync(join(FOLDER, name), content);
  const env = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' };
  const [command, args] = toolCommand('next', ['build']) as [string, string[]];
  const { code, output } = await run(command, args, { cwd: FOLDER, env });
  if (code !== 0) throw new Error(`the empty app could not be built:\n${output}`);
}

function nextVersion(): string {
  const manifest = readFileSync(join(ROOT, 'node_modules', 'next', 'package.json'), 'utf8');
  return String((JSON.parse(manifest) as { version: unknown }).version);
}
