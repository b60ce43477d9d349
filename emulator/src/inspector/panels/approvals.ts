import { nicknameHtml } from '../../pages/html.ts';
import type { AutoApproval } from '../../world/auto-approvals.ts';
import type { World } from '../../world/world.ts';
import { actButton, actForm, choice, field, type Panel, peopleChoice } from '../panel.ts';
import type { InspectorText } from '../text.ts';

/** Pending auto-approvals, and a form for another. */
export function approvalsPanel(world: World, text: InspectorText): Panel {
  const { autoApprovals, users } = world;
  const list = autoApprovals.slice(0, 50).map((order) => orderRow(order, world, text));
  const decisions = [['agree', text.agree] as const, ['cancel', text.cancel] as const];
  const form = actForm(
    'approve',
    `${peopleChoice(text.person, users)}
${choice({ label: text.decision, name: 'decision', options: decisions })}
${field(text.often, 'times', 'type="number" min="1" placeholder="1" class="short"')}
<label class="check"><input type="checkbox" name="always" value="1">${text.always}</label>
<button class="small strong">${text.add}</button>`,
  );
  return {
    id: 'approvals',
    title: text.approvals,
    lead: text.approvalsLead,
    count: list.length,
    state:
      list.length > 0
        ? `<ul class="things">${list.join('')}</ul>${actButton('clear-approvals', text.clearAll)}`
        : `<p class="about">${text.noApprovals}</p>`,
    forms: form,
  };
}

function orderRow(
  { userId, decision, remaining }: AutoApproval,
  { users }: World,
  text: InspectorText,
): string {
  const left = text.left(Number.isFinite(remaining) ? String(remaining) : '∞');
  return `<li><span class="thing"><span>${nicknameHtml(users.get(userId)?.nickname ?? userId)} · ${text[decision]}</span><small>${left}</small></span></li>`;
}
