import type { Language } from '../pages/language.ts';
import type { World } from '../world/world.ts';
import { actButton, renderPanel } from './panel.ts';
import { approvalsPanel } from './panels/approvals.ts';
import { clockPanel } from './panels/clock.ts';
import { faultsPanel } from './panels/faults.ts';
import { keysPanel } from './panels/keys.ts';
import { peoplePanel } from './panels/people.ts';
import { webhooksPanel } from './panels/webhooks.ts';
import { inspectorText } from './text.ts';

/** Everything that can be turned, beside the requests. */
export async function renderTools(world: World, language: Language): Promise<string> {
  const text = inspectorText[language];
  const panels = [
    faultsPanel(world, text),
    approvalsPanel(world, text),
    clockPanel(world, text),
    peoplePanel(world, text, language),
    webhooksPanel(world, text, language),
    await keysPanel(world, text),
  ];
  return `${panels.map(renderPanel).join('')}<div class="buttons">${actButton('reset', text.resetAll)}</div>`;
}
