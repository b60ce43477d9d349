import { control } from '../control/control.ts';
import { isRecord, writeJson } from '../json.ts';
import { escapeHtml } from '../pages/html.ts';
import { type Language, languageOf } from '../pages/language.ts';
import { renderLayout } from '../pages/layout.ts';
import { pageReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import type { World } from '../world/world.ts';
import { callOf } from './acts.ts';
import { actButton, renderPanel } from './panel.ts';
import { approvalsPanel } from './panels/approvals.ts';
import { clockPanel } from './panels/clock.ts';
import { faultsPanel } from './panels/faults.ts';
import { keysPanel } from './panels/keys.ts';
import { peoplePanel } from './panels/people.ts';
import { webhooksPanel } from './panels/webhooks.ts';
import { renderRequests } from './request-list.ts';
import { inspectorText } from './text.ts';

const headers = {
  // Its forms are refused unless the browser says where they come from.
  'Referrer-Policy': 'same-origin',
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
};

/** `GET /__emulator/inspector`: the requests, filtered by `q` and `refused`, and the tools; `?only=tools` without requests. */
export function showInspector(request: KakaoRequest, world: World): Promise<Reply> {
  return inspectorPage(request, world, { status: 200, notice: '' });
}

/** `POST /__emulator/inspector`: makes the control API call of a form, then shows the page again. */
export async function actInInspector(request: KakaoRequest, world: World): Promise<Reply> {
  const call = callOf(request.form);
  if (!call)
    return inspectorPage(request, world, { status: 400, notice: `unknown: ${request.form.get('do')}` });
  const { method, path, body } = call;
  const query = new URLSearchParams();
  const answer = await control(
    {
      ...request,
      method,
      query,
      path: `/__emulator/v1/${path}`,
      body: body === undefined ? '' : writeJson(body),
    },
    world,
  );
  if (answer.status < 400) return { status: 303, headers: { Location: 'inspector' } };
  return inspectorPage(request, world, { status: answer.status, notice: detailOf(answer) });
}

interface Outcome {
  readonly status: number;
  readonly notice: string;
}

async function inspectorPage(
  request: KakaoRequest,
  world: World,
  { status, notice }: Outcome,
): Promise<Reply> {
  const language = languageOf(request.headers);
  const text = inspectorText[language];
  const requests =
    request.query.get('only') === 'tools' ? '' : renderRequests(request.query, world, language);
  const body = `<div class="top"><div><h1>${text.title}</h1><p class="lead">${text.lead}</p></div>
<p class="live" id="live" data-lost="${text.offline}" data-on="${text.live}" hidden></p></div>
<p id="notice" role="status" class="${status >= 400 ? 'bad' : 'good'}" data-done="${text.done}" data-copied="${text.copied}">${escapeHtml(notice)}</p>
<p class="to-tools"><a href="#tools">${text.toTools}</a></p>
<div class="inspector"><section id="log">${requests}</section>
<aside id="tools">${await renderTools(world, language)}</aside></div>`;
  const base = `${world.basePath}/__emulator/inspector`;
  const head = `\n<link rel="stylesheet" href="${base}/style.css">\n<script type="module" src="${base}/main.js"></script>`;
  const page = renderLayout({
    language,
    title: text.title,
    body,
    wide: true,
    head,
    basePath: world.basePath,
  });
  return pageReply(page, status, headers);
}

/** What a problem of the control API says, and about which member. */
function detailOf({ json }: Reply): string {
  const problem: unknown = json;
  return isRecord(problem) ? String(problem['detail']) : '';
}

/** All panels, beside the list of requests. */
async function renderTools(world: World, language: Language): Promise<string> {
  const text = inspectorText[language];
  const panels = [
    faultsPanel(world, text, language),
    approvalsPanel(world, text),
    clockPanel(world, text),
    peoplePanel(world, text, language),
    webhooksPanel(world, text, language),
    await keysPanel(world, text),
  ];
  return `${panels.map(renderPanel).join('')}<div class="buttons">${actButton('reset', text.resetAll)}</div>`;
}
