/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
// The list of requests: new ones on top, filtered as one types, commands to copy.

const MOST_ROWS = 200;

/**
 * Shows requests as they are answered; `onChange` is called after each.
 * @param {() => void} onChange
 */
export function followRequests(onChange) {
  const list = byId('requests');
  const newest = list.querySelector('li')?.id.slice(1) ?? '0';
  const events = new EventSource(`${location.pathname}/live?since=${newest}`);
  events.addEventListener('request', ({ data, lastEventId }) => {
    show(list, data, lastEventId);
    onChange();
  });
  events.addEventListener('log', ({ data }) => {
    // Another process answers now, or a reset was missed.
    if (data !== list.dataset['epoch']) location.reload();
  });
  events.addEventListener('cleared', ({ data }) => {
    list.dataset['epoch'] = data;
    list.replaceChildren();
    applyFilter();
    onChange();
  });
  events.addEventListener('open', () => showConnection(true));
  events.addEventListener('error', () => showConnection(false));
  byId('filter').addEventListener('input', applyFilter);
  byId('filter').addEventListener('submit', (event) => event.preventDefault());
  makeCopyable(list);
  applyFilter();
}

/**
 * @param {Element} list
 * @param {string} html one row
 * @param {string} id
 */
function show(list, html, id) {
  if (document.getElementById(`r${id}`)) return;
  list.insertAdjacentHTML('afterbegin', html);
  list.firstElementChild?.classList.add('new');
  while (list.childElementCount > MOST_ROWS) list.lastElementChild?.remove();
  makeCopyable(list.firstElementChild);
  applyFilter();
}

function applyFilter() {
  const fields = new FormData(/** @type {HTMLFormElement} */ (byId('filter')));
  const words = String(fields.get('q')).toLowerCase().split(/\s+/);
  const rows = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('#requests > li'))];
  for (const row of rows) {
    const text = row.dataset['words'] ?? '';
    const isBad = row.dataset['bad'] !== undefined;
    row.hidden = !words.every((word) => text.includes(word)) || (fields.has('refused') && !isBad);
  }
  byId('nothing').hidden = rows.length > 0;
  byId('none-fits').hidden = rows.length === 0 || rows.some((row) => !row.hidden);
}

/** @param {boolean} isOn */
function showConnection(isOn) {
  const live = byId('live');
  live.hidden = false;
  live.textContent = live.dataset[isOn ? 'on' : 'lost'] ?? '';
  live.classList.toggle('lost', !isOn);
}

/** @param {Element | null} within */
function makeCopyable(within) {
  const buttons = /** @type {NodeListOf<HTMLElement>} */ (within?.querySelectorAll('[data-copy]') ?? []);
  for (const button of buttons) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(button.previousElementSibling?.textContent ?? '');
      byId('notice').textContent = byId('notice').dataset['copied'] ?? '';
    });
  }
}

/** @param {string} id */
function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return element;
}
