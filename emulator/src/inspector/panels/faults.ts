import { toJson, writeJson } from '../../json.ts';
import { escapeHtml } from '../../pages/html.ts';
import type { Language } from '../../pages/language.ts';
import { kakaoPaths } from '../../routes.ts';
import type { Scenario } from '../../scenarios/scenario.ts';
import { scenarios } from '../../scenarios/scenarios.ts';
import type { Fault } from '../../world/faults.ts';
import type { World } from '../../world/world.ts';
import { actButton, actForm, choice, field, type Panel, peopleChoice } from '../panel.ts';
import type { InspectorText } from '../text.ts';

/** Pending faults, and a form for another. */
export function faultsPanel(world: World, text: InspectorText, language: Language): Panel {
  const { faults } = world;
  const list = faults.slice(0, 50).map((fault) => faultRow(fault, text));
  const clear = actButton('clear-faults', text.clearAll);
  return {
    id: 'faults',
    title: text.faults,
    lead: text.faultsLead,
    count: faults.length,
    state:
      list.length > 0
        ? `<ul class="things">${list.join('')}</ul>${clear}`
        : `<p class="about">${text.noFaults}</p>`,
    forms: forms(world, text, language),
    open: true,
  };
}

function faultRow(fault: Fault, text: InspectorText): string {
  const { id, endpoint, remaining, toSkip, random: _, ...rest } = fault;
  const left = text.left(Number.isFinite(remaining) ? String(remaining) : '∞');
  const passing = toSkip > 0 ? ` · ${text.from} ${toSkip + 1}` : '';
  return `<li><span class="thing"><code>${escapeHtml(endpoint)}</code><code class="what">${escapeHtml(writeJson(toJson(rest)))}</code><small>${left}${passing} · ${id}</small></span>${actButton('drop-fault', text.remove, { id })}</li>`;
}

function forms({ users }: World, text: InspectorText, language: Language): string {
  const paths = kakaoPaths().map((path): [string, string] => [path, path]);
  const whom = peopleChoice(text.onlyFor, users, text.anybody);
  const often = `${field(text.often, 'times', 'type="number" min="1" placeholder="1"')}
<label class="check"><input type="checkbox" name="always" value="1">${text.always}</label>`;
  const scenario = actForm(
    'scenario',
    `${scenarioChoice(text.what, language)}${choice({ label: text.where, name: 'endpoint', options: [['', text.usualPlace], ...paths] })}${whom}${often}
<button class="small strong">${text.add}</button>`,
  );
  const byHand = actForm(
    'fault',
    `${choice({ label: text.where, name: 'endpoint', options: paths, chosen: '/v2/user/me' })}
${field(text.effect, 'effect', `required placeholder='{"status":500,"body":"oops"}' class="code"`)}${whom}
${field(text.from, 'nth', 'type="number" min="1" placeholder="1"')}
${field(text.chance, 'probability', 'type="number" min="0.01" max="1" step="0.01" placeholder="1"')}${often}
<button class="small strong">${text.add}</button>`,
  );
  return `${scenario}<details class="inner"><summary>${text.byHand}</summary>${byHand}</details>`;
}

const MOST_CHARACTERS = 64;

/** A choice among all scenarios, in groups. */
function scenarioChoice(label: string, language: Language): string {
  const list = [...grouped()].map(
    ([group, members]) =>
      `<optgroup label="${group}">${members.map((scenario) => scenarioOption(scenario, language)).join('')}</optgroup>`,
  );
  return `<label>${label}<select name="scenario">${list.join('')}</select></label>`;
}

function grouped(): Map<string, Scenario[]> {
  const groups = new Map<string, Scenario[]>();
  for (const scenario of scenarios) {
    const members = groups.get(groupOf(scenario)) ?? [];
    groups.set(groupOf(scenario), [...members, scenario]);
  }
  return groups;
}

function groupOf({ name, effect, endpoints }: Scenario): string {
  if (effect.idToken) return 'ID token';
  if (/^KOE/.test(name)) return 'KOE';
  if (/^-\d/.test(name)) return 'kapi';
  return endpoints.length === 1 ? 'redirect' : 'network';
}

function scenarioOption({ name, what }: Scenario, language: Language): string {
  const text = `${name} · ${what[language]}`;
  const short = text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text;
  return `<option value="${escapeHtml(name)}">${escapeHtml(short)}</option>`;
}
