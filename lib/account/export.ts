import { type HeldData, readHeldData } from '../db/export';
import { recordHistory } from '../db/history';
import type { ConsentItem } from '../kakao/scopes';
import type { Device, LoginDeps } from '../login/deps';
import { placeOf } from '../login/device';
import type { Viewer } from '../login/find-viewer';
import { listConsents } from './consents';

/** Everything that this service holds about a person, and what Kakao says they agreed to (`null`: not known now). */
export interface PersonalData extends HeldData {
  readonly exportedAt: Date;
  readonly service: string;
  readonly consents: readonly ConsentItem[] | null;
}

/**
 * Collects a person's data for download, and adds the download to their history. `null` when they have been erased
 * meanwhile.
 */
export async function exportData(
  deps: LoginDeps,
  { user }: Viewer,
  device: Device,
): Promise<PersonalData | null> {
  const consents = await listConsents(deps, user);
  const exportedAt = deps.now();
  await recordHistory(deps.db, user.id, { kind: 'export', ...placeOf(device, exportedAt) });
  const held = await readHeldData(deps.db, user.id, user.kakaoId);
  if (!held) return null;
  const service = deps.keyring.issuer;
  return { exportedAt, service, ...held, consents: consents.kind === 'known' ? consents.items : null };
}
