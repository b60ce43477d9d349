import { consentStateOf } from './apps.ts';
import type { Link } from './links.ts';

/** What the combined item of apps made before 2021-06-25 stands for. */
const inProfile = ['profile_nickname', 'profile_image'];

/** Whether the app may read what this item gates: it uses the item, and the user has agreed to it. */
export function mayRead(link: Link, scope: string): boolean {
  return isGranted(link, scope) || (inProfile.includes(scope) && isGranted(link, 'profile'));
}

function isGranted({ app, agreed }: Link, scope: string): boolean {
  return consentStateOf(app, scope) !== 'off' && agreed.has(scope);
}
