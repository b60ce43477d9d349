import { now, type World } from '../../world/world.ts';
import { actButton, actForm, field, type Panel } from '../panel.ts';
import type { InspectorText } from '../text.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const steps = [MINUTE, 10 * MINUTE, 6 * HOUR, 30 * DAY, 60 * DAY];

/** What time it is in this Kakao, and how to change it. */
export function clockPanel(world: World, text: InspectorText): Panel {
  const at = now(world);
  const offset = Math.round((at - world.beginning.clock()) / 1000);
  const isFrozen = world.time.frozenAt !== null;
  const moved =
    offset === 0 ? '' : ` · ${(offset > 0 ? text.ahead : text.behind)(inWords(Math.abs(offset), text))}`;
  const time = new Date(at).toISOString();
  const state = `<p class="big"><time datetime="${time}" data-clock="${isFrozen ? 'frozen' : 'running'}">${time.slice(0, 19).replace('T', ' ')}</time></p>
<p class="about">UTC · ${isFrozen ? text.frozen : text.running}${moved}</p>
<div class="buttons">${isFrozen ? actButton('thaw', text.thaw) : actButton('freeze', text.freeze)}${actButton('real-time', text.backToReal)}</div>`;
  const jumps = steps.map((seconds) =>
    actButton('advance', text.later(inWords(seconds, text)), { seconds: String(seconds) }),
  );
  const form = actForm(
    'set-time',
    `${field(text.setTime, 'now', 'type="datetime-local" step="1" required')}<button class="small strong">${text.set}</button>`,
  );
  return {
    id: 'clock',
    title: text.clock,
    state,
    forms: `<div class="buttons">${jumps.join('')}</div>${form}`,
  };
}

/** Seconds in the largest two units that they fill. */
function inWords(seconds: number, { units }: InspectorText): string {
  const parts: [number, string][] = [
    [Math.floor(seconds / DAY), units.day],
    [Math.floor((seconds % DAY) / HOUR), units.hour],
    [Math.floor((seconds % HOUR) / MINUTE), units.minute],
    [seconds % MINUTE, units.second],
  ];
  const filled = parts.filter(([count]) => count > 0).slice(0, 2);
  return filled.map(([count, unit]) => count + unit).join(' ');
}
