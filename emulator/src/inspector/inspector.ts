import { Problem, problemReply } from '../control/problem.ts';
import type { Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import type { World } from '../world/world.ts';
import { inspectorFile } from './files.ts';
import { liveRows } from './live-rows.ts';
import { actInInspector, showInspector } from './page.ts';

const HOME = '/__emulator/inspector';

/** Whether this path belongs to the inspector. */
export function isInspectorPath(path: string): boolean {
  return path === '/__emulator' || path === '/__emulator/' || path === HOME || path.startsWith(`${HOME}/`);
}

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
