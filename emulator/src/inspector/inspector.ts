import { readFile } from 'node:fs/promises';
import { Problem, problemReply } from '../control/problem.ts';
import { languageOf } from '../pages/language.ts';
import type { Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { loggedRequests } from '../world/request-log.ts';
import type { World } from '../world/world.ts';
import { liveReply } from './live.ts';
import { actInInspector, showInspector } from './page.ts';
import { renderRow } from './request-list.ts';
import { inspectorCss } from './stylesheet.ts';

const HOME = '/__emulator/inspector';

/** The scripts of the page; they run as they are, in the source folder as in the compiled one. */
const scripts = ['main.js', 'live-list.js', 'tools.js'];

/** Answers what is below `/__emulator/inspector`; `/__emulator/` leads there. */
export function inspector(request: KakaoRequest, world: World): Promise<Reply> {
  return answer(request, world).catch(problemReply);
}

async function answer(request: KakaoRequest, world: World): Promise<Reply> {
  const { path, method } = request;
  if (!path.startsWith(HOME)) return { status: 302, headers: { Location: world.basePath + HOME } };
  if (path === HOME && method === 'POST') return actInInspector(request, world);
  if (method !== 'GET' && method !== 'HEAD') throw new Problem(405, 'use GET');
  if (path === HOME) return showInspector(request, world);
  if (path === `${HOME}/live`) return liveRows(request, world);
  const file = await inspectorFile(path.slice(HOME.length + 1));
  if (!file) throw new Problem(404, `no such page: ${path}`);
  return file;
}

/** `GET /__emulator/inspector/live`: rows of the page as server-sent events; first what came since `Last-Event-ID`. */
function liveRows(request: KakaoRequest, world: World): Reply {
  const language = languageOf(request.headers);
  const since = Number(request.headers['last-event-id'] ?? request.query.get('since'));
  const missed = loggedRequests(world.requests).filter(({ id }) => id > since);
  return liveReply(world, (entry) => renderRow(entry, language, world.publicUrl), missed);
}

/** The script or stylesheet of the inspector with this name, if there is one. */
async function inspectorFile(name: string): Promise<Reply | undefined> {
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
