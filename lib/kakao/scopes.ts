import { z } from 'zod';
import { type Credential, getResource, postResource } from './api';
import { isScopeId, type KakaoConfig } from './config';
import { KakaoError } from './errors';

/** One consent item of a person. `name` is the Korean text of Kakao's consent screen. */
export interface ConsentItem {
  readonly id: string;
  readonly name: string;
  readonly agreed: boolean;
  /** Whether the app still uses the item. */
  readonly using: boolean;
  /** Whether the person may withdraw the consent: not from a required item. */
  readonly revocable: boolean;
}

const timeoutMs = 3_000;

const answer = z.object({
  scopes: z.array(
    z.object({
      id: z.string().refine(isScopeId),
      display_name: z.string().max(200).catch(''),
      agreed: z.boolean(),
      using: z.boolean().catch(true),
      revocable: z.boolean().catch(false),
    }),
  ),
});

/**
 * What a person has agreed to and could agree to (rest-api, "Retrieve consent details").
 *
 * @throws KakaoError as `readApiError`
 */
export async function fetchConsentItems(
  config: KakaoConfig,
  credential: Credential,
  deadline: number,
): Promise<ConsentItem[]> {
  return readItems(await getResource(config, '/v2/user/scopes', { credential, timeoutMs, deadline }));
}

/**
 * Withdraws consents (rest-api, "Revoke consent").
 *
 * @returns the consent items afterwards
 *
 * @throws KakaoError as {@link fetchConsentItems}; a required item is `refused` with −3
 */
export async function revokeConsentItems(
  config: KakaoConfig,
  ids: readonly string[],
  { credential, deadline }: { readonly credential: Credential; readonly deadline: number },
): Promise<ConsentItem[]> {
  const call = { credential, timeoutMs, deadline, parameters: { scopes: JSON.stringify(ids) } };
  return readItems(await postResource(config, '/v2/user/revoke/scopes', call));
}

function readItems(body: object): ConsentItem[] {
  const parsed = answer.safeParse(body);
  if (!parsed.success) throw new KakaoError('unavailable', 'Kakao described consents in an unknown way');
  return parsed.data.scopes.map(({ display_name: name, ...item }) => ({ ...item, name }));
}
