/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
// The tools: forms are sent without leaving the page, and what they changed is refreshed.

const SETTLE_MS = 300;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let soon;

/** Sends every form by `fetch` and shows the outcome. */
export function actInPlace() {
  document.addEventListener('submit', async (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (form.method !== 'post') return;
    event.preventDefault();
    const body = new URLSearchParams(
      /** @type {Record<string, string>} */ (Object.fromEntries(new FormData(form))),
    );
    const response = await fetch(form.action, { method: 'POST', body });
    const page = parsed(await response.text());
    const told = page.getElementById('notice')?.textContent ?? '';
    showNotice(response.ok ? '' : told, response.ok);
    replaceParts(page, true);
  });
}

/** Refreshes the tools, a moment after the last of many calls. */
export function refreshTools() {
  clearTimeout(soon);
  soon = setTimeout(async () => {
    const response = await fetch(`${location.pathname}?only=tools`);
    if (response.ok) replaceParts(parsed(await response.text()), false);
  }, SETTLE_MS);
}

/** Lets the clock of the page run. */
export function tickClock() {
  setInterval(() => {
    const clock = document.querySelector('time[data-clock="running"]');
    if (!(clock instanceof HTMLTimeElement)) return;
    const next = new Date(Date.parse(clock.dateTime) + 1000).toISOString();
    clock.dateTime = next;
    clock.textContent = next.slice(0, 19).replace('T', ' ');
  }, 1000);
}

/**
 * Replaces the parts that changed, except one that has the focus.
 * @param {Document} page
 * @param {boolean} mayTakeFocus whether the person's own action caused it, so that even the focused part may be replaced
 */
function replaceParts(page, mayTakeFocus) {
  for (const part of document.querySelectorAll('#tools [data-live]')) {
    const fresh = page.getElementById(part.id);
    const isInUse = part.contains(document.activeElement) && !mayTakeFocus;
    if (!fresh || isInUse || fresh.innerHTML === part.innerHTML) continue;
    const hadFocus = part.contains(document.activeElement);
    part.replaceChildren(...fresh.childNodes);
    if (hadFocus)
      /** @type {HTMLElement | null} */ (part.closest('details')?.querySelector('summary'))?.focus();
  }
}

/**
 * @param {string} words
 * @param {boolean} isGood
 */
function showNotice(words, isGood) {
  const notice = document.getElementById('notice');
  if (!notice) return;
  notice.className = isGood ? 'good' : 'bad';
  notice.textContent = words || (notice.dataset['done'] ?? '');
}

/** @param {string} html */
function parsed(html) {
  return new DOMParser().parseFromString(html, 'text/html');
}
