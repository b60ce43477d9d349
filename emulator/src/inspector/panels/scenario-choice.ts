import { escapeHtml } from '../../pages/html.ts';
import type { Scenario } from '../../scenarios/scenario.ts';
import { scenarios } from '../../scenarios/scenarios.ts';

const MOST_CHARACTERS = 64;

/** A choice among all scenarios, in groups. */
export function scenarioChoice(label: string): string {
  const list = [...grouped()].map(
    ([group, members]) => `<optgroup label="${group}">${members.map(scenarioOption).join('')}</optgroup>`,
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

function scenarioOption({ name, what }: Scenario): string {
  const text = `${name} · ${what}`;
  const short = text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text;
  return `<option value="${escapeHtml(name)}">${escapeHtml(short)}</option>`;
}
