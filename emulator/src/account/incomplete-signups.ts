import { isPreregistered } from '../world/links.ts';
import { now, type World } from '../world/world.ts';
import { unlinkApp } from './unlink-app.ts';

const PATIENCE_MS = 24 * 60 * 60 * 1000;

/**
 * Unlinks whoever has been preregistered for 24 hours without `/v1/user/signup`, as Kakao does. There is no timer: it is
 * called before every request and whenever the clock is moved.
 */
export function endIncompleteSignups(world: World): void {
  if (!world.apps.some(({ manualSignup }) => manualSignup)) return;
  for (const link of [...world.links.values()]) {
    const isOverdue = link.connectedAt + PATIENCE_MS <= now(world);
    if (isOverdue && isPreregistered(link)) unlinkApp(world, link, 'INCOMPLETE_SIGN_UP');
  }
}
