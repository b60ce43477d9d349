import { escapeHtml, readableNickname } from '../pages/html.ts';
import type { User } from '../world/users.ts';

/** One tool of the inspector: `state` is refreshed when something happens, `forms` are left alone. */
export interface Panel {
  readonly id: string;
  readonly title: string;
  readonly lead?: string;
  /** How many of what it shows there are. */
  readonly count?: number;
  readonly state: string;
  readonly forms?: string;
  readonly open?: boolean;
}

/** A panel as HTML. */
export function renderPanel({ id, title, lead, count = 0, state, forms = '', open }: Panel): string {
  const about = lead ? `<p class="about">${lead}</p>` : '';
  return `<details class="panel" id="${id}"${open ? ' open' : ''}><summary>${title}<span class="count" id="${id}-count" data-live>${count || ''}</span></summary>
<div class="inside">${about}<div id="${id}-state" data-live>${state}</div>${forms}</div></details>`;
}

/** A form that makes a control API call; `fields` is HTML. */
export function actForm(act: string, fields: string, className = 'line'): string {
  return `<form method="post" action="inspector" class="${className}"><input type="hidden" name="do" value="${act}">${fields}</form>`;
}

/** A form that is one button; `values` are hidden fields. */
export function actButton(act: string, label: string, values: Readonly<Record<string, string>> = {}): string {
  const hidden = Object.entries(values).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`,
  );
  return actForm(act, `${hidden.join('')}<button class="small">${label}</button>`, 'single');
}

interface Choice {
  readonly label: string;
  readonly name: string;
  readonly options: readonly (readonly [value: string, text: string])[];
  readonly chosen?: string;
}

/** A labelled choice. */
export function choice({ label, name, options, chosen = '' }: Choice): string {
  const list = options.map(
    ([value, text]) =>
      `<option value="${escapeHtml(value)}"${value === chosen ? ' selected' : ''}>${escapeHtml(text)}</option>`,
  );
  return `<label>${label}<select name="${name}">${list.join('')}</select></label>`;
}

/** A labelled field. */
export function field(label: string, name: string, attributes = ''): string {
  return `<label>${label}<input name="${name}" autocomplete="off" ${attributes}></label>`;
}

/** A choice of people; `nobody` is the text of a first entry that means none. */
export function peopleChoice(label: string, users: ReadonlyMap<string, User>, nobody?: string): string {
  const people = [...users.values()].map((user): [string, string] => [
    user.id,
    `${readableNickname(user.nickname)} · ${user.id}`,
  ]);
  const options = nobody === undefined ? people : [['', nobody] as const, ...people];
  return choice({ label, name: 'userId', options });
}
