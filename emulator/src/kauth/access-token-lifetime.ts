import type { PlatformKey } from '../world/platform-keys.ts';
import type { World } from '../world/world.ts';

/** Seconds that access and ID tokens of this key live, which depends on its type. */
export function accessTokenLifetime({ type }: PlatformKey, { settings }: World): number {
  if (type === 'javascript') return settings.javascriptAccessTokenLifetimeSeconds;
  return type === 'native' ? settings.nativeAccessTokenLifetimeSeconds : settings.accessTokenLifetimeSeconds;
}
