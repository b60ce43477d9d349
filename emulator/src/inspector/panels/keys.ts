import { escapeHtml } from '../../pages/html.ts';
import { publishedKeys } from '../../world/signing-keys.ts';
import type { World } from '../../world/world.ts';
import { actButton, type Panel } from '../panel.ts';
import type { InspectorText } from '../text.ts';

/** The published keys, and their rotation. */
export async function keysPanel(world: World, text: InspectorText): Promise<Panel> {
  const keys = await publishedKeys(world.keys);
  const rows = keys.map(
    ({ kid }, at) =>
      `<li><span class="thing"><code>${escapeHtml(kid)}</code><small>${at === 0 ? text.signs : text.published}</small></span></li>`,
  );
  const buttons = `${actButton('rotate', text.rotate)}${actButton('rotate', text.rotateHard, { overlap: 'no' })}`;
  return {
    id: 'keys',
    title: text.keys,
    lead: text.keysLead,
    state: `<ul class="things">${rows.join('')}</ul>`,
    forms: `<div class="buttons">${buttons}</div>`,
  };
}
