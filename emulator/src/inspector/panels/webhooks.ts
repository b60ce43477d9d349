import { escapeHtml } from '../../pages/html.ts';
import type { Language } from '../../pages/language.ts';
import type { App } from '../../world/apps.ts';
import { eventTypes } from '../../world/webhook-events.ts';
import type { Attempt } from '../../world/webhook-log.ts';
import type { World } from '../../world/world.ts';
import { actButton, actForm, choice, field, type Panel, peopleChoice } from '../panel.ts';
import type { InspectorText } from '../text.ts';

const MOST_SHOWN = 30;

/** What apps were told, with Replay; forms to send something and to say where to. */
export function webhooksPanel(world: World, text: InspectorText, language: Language): Panel {
  const { webhooks, apps, users } = world;
  const rows = webhooks.attempts
    .slice(-MOST_SHOWN)
    .reverse()
    .map((attempt) => attemptRow(attempt, text, language));
  const waiting = webhooks.waiting > 0 ? `<p class="about">${text.waiting(webhooks.waiting)}</p>` : '';
  const events = eventTypes.map(({ name }): [string, string] => [name, name]);
  const form = actForm(
    'fire',
    `${peopleChoice(text.person, users)}${choice({ label: text.event, name: 'event', options: [['unlink-notice', 'unlink (KakaoAK)'], ...events], chosen: 'user-unlinked' })}<button class="small strong">${text.fire}</button>`,
  );
  const settings = apps.map((app) => addressForm(app, text, language));
  return {
    id: 'webhooks',
    title: text.webhooks,
    lead: text.webhooksLead,
    count: webhooks.attempts.length,
    state: `${waiting}${
      rows.length > 0
        ? `<ul class="things">${rows.join('')}</ul><div class="buttons">${actButton('retry', text.retry)}${actButton('clear-webhooks', text.clearAll)}</div>`
        : `<p class="about">${text.noAttempts}</p>`
    }`,
    forms: form + settings.join(''),
  };
}

function attemptRow(
  { delivery, status, accepted, verdict, time }: Attempt,
  text: InspectorText,
  language: Language,
): string {
  const tone = accepted === false ? 'bad' : 'good';
  const what = `${delivery.kind === 'unlink' ? 'unlink' : delivery.event}${delivery.reason ? ` ${delivery.reason}` : ''}`;
  return `<li><span class="thing"><span><time>${new Date(time).toISOString().slice(11, 19)}</time> <strong class="${tone}">${status ?? '—'}</strong> ${escapeHtml(what)}</span><small>${escapeHtml(verdict[language])}</small><small>${escapeHtml(delivery.url)} · ${escapeHtml(delivery.userId)}</small></span>${actButton('replay', text.replay, { id: delivery.id })}</li>`;
}

function addressForm({ appId, name, webhooks }: App, text: InspectorText, language: Language): string {
  const value = (url: string | null) =>
    `type="url" value="${escapeHtml(url ?? '')}" placeholder="http://localhost:3000/…"`;
  return `<details class="inner"><summary>${escapeHtml(name[language])}</summary>${actForm(
    'webhook-addresses',
    `<input type="hidden" name="id" value="${appId}">${field(text.accountStateUrl, 'accountStateUrl', value(webhooks.accountStateUrl))}${field(text.unlinkUrl, 'unlinkUrl', value(webhooks.unlinkUrl))}<button class="small strong">${text.save}</button>`,
  )}</details>`;
}
