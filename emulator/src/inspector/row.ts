import { escapeHtml } from '../pages/html.ts';
import type { Language } from '../pages/language.ts';
import type { LoggedRequest } from '../world/request-log.ts';
import { curlCommand } from './curl.ts';
import { prettyJson } from './pretty-json.ts';
import { inspectorText } from './text.ts';
import { type Pair, type RequestView, viewOf } from './view.ts';

/** What the rows are told apart by when they are filtered. */
export interface RowFilter {
  /** Words that all have to occur. */
  readonly words: string;
  readonly refusedOnly: boolean;
}

/** Whether a request was refused, or hit by a fault. */
function isBad({ status, verdict }: LoggedRequest): boolean {
  return status === 0 || status >= 400 || verdict !== null;
}

/** Whether a row is shown under this filter; the script on the page decides in the same way. */
export function isShown(entry: LoggedRequest, { words, refusedOnly }: RowFilter): boolean {
  const text = wordsOf(viewOf(entry));
  const wanted = words.toLowerCase().split(/\s+/);
  return wanted.every((word) => text.includes(word)) && (!refusedOnly || isBad(entry));
}

/** One request as an item of the list that opens to show all of it. */
export function renderRow(entry: LoggedRequest, language: Language, origin: string): string {
  const view = viewOf(entry);
  const { method, path, status, code, time } = entry;
  const tone = status === 0 || status >= 400 ? 'bad' : 'good';
  const verdict = view.verdict === null ? '' : `<span class="verdict">${escapeHtml(view.verdict)}</span>`;
  return `<li id="r${entry.id}" data-words="${escapeHtml(wordsOf(view))}"${isBad(entry) ? ' data-bad' : ''}><details><summary><span class="id">#${entry.id}</span><time>${new Date(time).toISOString().slice(11, 19)}</time><strong class="${tone}">${status || '—'}${code === null ? '' : ` ${escapeHtml(String(code))}`}</strong><code>${escapeHtml(`${method} ${path}`)}</code>${verdict}</summary>
<div class="detail">${renderDetail(view, language, origin)}</div></details></li>`;
}

function wordsOf({ entry, verdict }: RequestView): string {
  const { id, method, path, status, code } = entry;
  return `#${id} ${method} ${path} ${status} ${code ?? ''} ${verdict ?? ''}`.toLowerCase();
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
