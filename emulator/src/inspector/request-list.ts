import { escapeHtml } from '../pages/html.ts';
import type { Language } from '../pages/language.ts';
import { type LoggedRequest, loggedRequests } from '../world/request-log.ts';
import type { World } from '../world/world.ts';
import { curlCommand } from './curl.ts';
import { type Pair, type RequestView, viewOf } from './masked-view.ts';
import { actButton } from './panel.ts';
import { type InspectorText, inspectorText } from './text.ts';

const MOST_SHOWN = 100;

interface RowFilter {
  /** A row has to contain all of these words. */
  readonly words: string;
  readonly refusedOnly: boolean;
}

/** The picture of an empty log. */
const nothing =
  '<svg viewBox="0 0 160 60" width="160" height="60" aria-hidden="true"><path d="M4 46h152" stroke="currentColor" stroke-width="3" stroke-dasharray="1 9" stroke-linecap="round"/><path d="M66 34a14 14 0 1 1 28 0c0 8-9 8-9 15" fill="none" stroke="currentColor" stroke-width="4" stroke-linecap="round"/><circle cx="80" cy="34" r="4" fill="currentColor"/></svg>';

/** The newest requests that fit the filter in the query (`q`, `refused`), and how to change it. */
export function renderRequests(query: URLSearchParams, world: World, language: Language): string {
  const text = inspectorText[language];
  const filter = { words: query.get('q') ?? '', refusedOnly: query.has('refused') };
  const all = loggedRequests(world.requests);
  const shown = all
    .filter((entry) => isShown(entry, filter))
    .slice(-MOST_SHOWN)
    .reverse();
  const rows = shown.map((entry) => renderRow(entry, language, world.publicUrl));
  return `${filterBar(filter, text)}
<h2 class="hidden">${text.requests}</h2>
<ol id="requests" data-epoch="${world.requests.epoch}">${rows.join('')}</ol>
<div class="nothing" id="nothing"${all.length > 0 ? ' hidden' : ''}>${nothing}<p><strong>${text.nothingYet}</strong></p><p class="about">${text.nothingHint}</p></div>
<p class="about" id="none-fits"${all.length > 0 && shown.length === 0 ? '' : ' hidden'}>${text.noneFits}</p>`;
}

function filterBar(filter: RowFilter, text: InspectorText): string {
  return `<div class="toolbar"><form id="filter" role="search" method="get" action="inspector"><label class="hidden" for="q">${text.filter}</label><input id="q" name="q" type="search" placeholder="${text.filterHint}" value="${escapeHtml(filter.words)}" autocomplete="off"><label class="check"><input type="checkbox" name="refused" value="1"${filter.refusedOnly ? ' checked' : ''}>${text.refusedOnly}</label><button class="small" data-no-script>${text.apply}</button></form><span class="buttons"><a class="small" href="v1/requests.har" download="kakao-emulator.har">${text.har}</a>${actButton('clear-requests', text.clearLog)}</span></div>`;
}

/** Whether a request was refused, or hit by a fault. */
function isBad({ status, verdict }: LoggedRequest): boolean {
  return status === 0 || status >= 400 || verdict !== null;
}

/** Whether a row is shown under this filter; the script on the page decides in the same way. */
function isShown(entry: LoggedRequest, { words, refusedOnly }: RowFilter): boolean {
  const text = wordsOf(viewOf(entry));
  const wanted = words.toLowerCase().split(/\s+/);
  return wanted.every((word) => text.includes(word)) && (!refusedOnly || isBad(entry));
}

/** One request as an item of the list that opens to show all of it. */
export function renderRow(entry: LoggedRequest, language: Language, origin: string): string {
  const view = viewOf(entry);
  const { method, path, status, code, time } = entry;
  const tone = status === 0 || status >= 400 ? 'bad' : 'good';
  const verdict =
    view.verdict === null ? '' : `<span class="verdict">${escapeHtml(view.verdict[language])}</span>`;
  return `<li id="r${entry.id}" data-words="${escapeHtml(wordsOf(view))}"${isBad(entry) ? ' data-bad' : ''}><details><summary><span class="id">#${entry.id}</span><time>${new Date(time).toISOString().slice(11, 19)}</time><strong class="${tone}">${status || '—'}${code === null ? '' : ` ${escapeHtml(String(code))}`}</strong><code>${escapeHtml(`${method} ${path}`)}</code>${verdict}</summary>
<div class="detail">${renderDetail(view, language, origin)}</div></details></li>`;
}

function wordsOf({ entry, verdict }: RequestView): string {
  const { id, method, path, status, code } = entry;
  return `#${id} ${method} ${path} ${status} ${code ?? ''} ${verdict?.en ?? ''} ${verdict?.ko ?? ''}`.toLowerCase();
}

function renderDetail(view: RequestView, language: Language, origin: string): string {
  const text = inspectorText[language];
  const { entry } = view;
  const took = text.took(String(Math.round(entry.durationMs * 10) / 10));
  return [
    `<p class="about">${new Date(entry.time).toISOString()} · ${took}</p>`,
    renderPairs(text.query, view.query),
    renderPairs(text.form, view.form),
    renderPairs(text.headers, view.headers, true),
    renderBody(text.body, view.body),
    entry.answer ? renderPairs(text.answerHeaders, view.answerHeaders, true) : `<p>${text.noAnswer}</p>`,
    renderBody(text.answerBody, view.answerBody),
    `<h3>${text.asCurl}</h3><div class="curl"><pre tabindex="0">${escapeHtml(curlCommand(entry, origin))}</pre><button type="button" class="small" data-copy hidden>${text.copy}</button></div>`,
  ].join('');
}

function renderPairs(title: string, pairs: readonly Pair[], closed = false): string {
  if (pairs.length === 0) return '';
  const rows = pairs.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`);
  const list = `<dl class="pairs">${rows.join('')}</dl>`;
  return closed
    ? `<details class="inner"><summary>${title}</summary>${list}</details>`
    : `<h3>${title}</h3>${list}`;
}

function renderBody(title: string, body: string): string {
  return body === '' ? '' : `<h3>${title}</h3><pre tabindex="0">${escapeHtml(prettyJson(body))}</pre>`;
}

/** JSON text with a line for each member, numbers as they were written; any other text as it is. */
export function prettyJson(text: string): string {
  if (!/^\s*[[{]/.test(text)) return text;
  let depth = 0;
  const newLine = () => `\n${'  '.repeat(depth)}`;
  return text.replace(/"(?:[^"\\]|\\.)*"|[{}[\],:]/g, (token, at: number) => {
    if (token === '{' || token === '[') {
      depth += 1;
      return /^\s*[}\]]/.test(text.slice(at + 1, at + 10)) ? token : token + newLine();
    }
    if (token === '}' || token === ']') {
      depth = Math.max(0, depth - 1);
      return /[{[]\s*$/.test(text.slice(Math.max(0, at - 10), at)) ? token : newLine() + token;
    }
    if (token === ',') return token + newLine();
    return token === ':' ? ': ' : token;
  });
}
