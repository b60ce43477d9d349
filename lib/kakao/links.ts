import { z } from 'zod';
import { type ApiCall, asTheApp, type Credential, getResource, getResourceOrList, postResource } from './api';
import type { KakaoConfig } from './config';
import { KakaoError } from './errors';
import { readKakaoId } from './user';

/** One page of the people who are linked to the app, by id from the smallest; `next` begins the page after it. */
export interface LinkedPage {
  readonly ids: readonly string[];
  readonly next: string | null;
}

const idsBody = z.object({ elements: z.array(z.bigint()), after_url: z.string().nullish() });
const usersBody = z.array(z.object({ id: z.bigint(), connected_at: z.string().optional() }));

/**
 * Lists who is linked to the app, 100 at a time (rest-api, "Retrieve list of users"). Kakao allows 100 calls a minute.
 *
 * @throws KakaoError as `readApiError`; `busy` when there were too many calls (−10)
 */
export async function fetchLinkedIds(
  config: KakaoConfig,
  from: string | null,
  deadline: number,
): Promise<LinkedPage> {
  const parameters = { limit: '100', order: 'asc', ...(from === null ? {} : { from_id: from }) };
  const answer = await getResource(config, '/v1/user/ids', appCall(config, parameters, deadline));
  const body = idsBody.safeParse(answer);
  if (!body.success) throw new KakaoError('unavailable', 'Kakao listed people in an unknown way');
  const { elements, after_url: after } = body.data;
  return { ids: elements.map(String), next: after ? cursorIn(after) : null };
}

/** The address of the next page contains our admin key: only its cursor is kept. */
function cursorIn(url: string): string {
  const id = URL.canParse(url) ? readKakaoId(new URL(url).searchParams.get('from_id')) : null;
  if (id === null) throw new KakaoError('unavailable', 'Kakao did not say where the next page begins');
  return id;
}

/**
 * Which of at most 100 people are linked to the app, and since when (rest-api, "Retrieve multiple users"). Kakao's
 * documentation shows two shapes of the answer; both are accepted.
 *
 * @throws KakaoError as {@link fetchLinkedIds}
 */
export async function fetchLinks(
  config: KakaoConfig,
  ids: readonly string[],
  deadline: number,
): Promise<ReadonlyMap<string, Date | null>> {
  const parameters = { target_id_type: 'user_id', target_ids: `[${ids.join(',')}]` };
  const answer = await getResourceOrList(config, '/v2/app/users', appCall(config, parameters, deadline));
  const body = usersBody.safeParse(Array.isArray(answer) ? answer : Reflect.get(answer, 'elements'));
  if (!body.success) throw new KakaoError('unavailable', 'Kakao described people in an unknown way');
  return new Map(body.data.map(({ id, connected_at: since }) => [String(id), readTime(since)]));
}

function readTime(text: string | undefined): Date | null {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? null : new Date(time);
}

function appCall(config: KakaoConfig, parameters: Record<string, string>, deadline: number): ApiCall {
  return { credential: asTheApp(config), timeoutMs: 5_000, deadline, parameters };
}

/**
 * Unlinks a person from the app (rest-api, "Unlink"): Kakao withdraws all consents and invalidates all tokens.
 * Somebody who is not linked (−101) counts as unlinked.
 *
 * @throws KakaoError as `readApiError`
 */
export async function unlinkUser(
  config: KakaoConfig,
  credential: Credential,
  deadline: number,
): Promise<void> {
  try {
    await postResource(config, '/v1/user/unlink', { credential, timeoutMs: 3_000, deadline });
  } catch (error) {
    if (!(error instanceof KakaoError) || error.kakaoCode !== '-101') throw error;
  }
}
