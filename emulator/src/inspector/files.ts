import { readFile } from 'node:fs/promises';
import type { Reply } from '../server/reply.ts';
import { inspectorCss } from './stylesheet.ts';

/** The scripts of the page; they run as they are, in the source folder as in the compiled one. */
const scripts = ['main.js', 'live-list.js', 'tools.js'];

/** The script or stylesheet of the inspector with this name, if there is one. */
export async function inspectorFile(name: string): Promise<Reply | undefined> {
  if (name === 'style.css') return file('text/css', inspectorCss);
  if (!scripts.includes(name)) return undefined;
  return file(
    'text/javascript',
    await readFile(new URL(`../inspector/browser/${name}`, import.meta.url), 'utf8'),
  );
}

function file(type: string, text: string): Reply {
  const headers = {
    'Content-Type': `${type};charset=UTF-8`,
    'Cache-Control': 'no-cache',
    'X-Content-Type-Options': 'nosniff',
  };
  return { status: 200, headers, text };
}
