import { escapeHtml } from '../pages/html.ts';
import type { Language } from '../pages/language.ts';
import { loggedRequests } from '../world/request-log.ts';
import type { World } from '../world/world.ts';
import { actButton } from './panel.ts';
import { isShown, renderRow } from './row.ts';
import { type InspectorText, inspectorText } from './text.ts';

const MOST_SHOWN = 100;

/** An ear at a rail of dots: nothing has come by yet. */
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

function filterBar(filter: { words: string; refusedOnly: boolean }, text: InspectorText): string {
  return `<div class="toolbar"><form id="filter" role="search" method="get" action="inspector"><label class="hidden" for="q">${text.filter}</label><input id="q" name="q" type="search" placeholder="${text.filterHint}" value="${escapeHtml(filter.words)}" autocomplete="off"><label class="check"><input type="checkbox" name="refused" value="1"${filter.refusedOnly ? ' checked' : ''}>${text.refusedOnly}</label><button class="small" data-no-script>${text.apply}</button></form><span class="buttons"><a class="small" href="v1/requests.har" download="kakao-emulator.har">${text.har}</a>${actButton('clear-requests', text.clearLog)}</span></div>`;
}
