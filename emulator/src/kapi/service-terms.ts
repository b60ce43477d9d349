import { agreeToTerms } from '../account/linking.ts';
import type { JsonObject } from '../json.ts';
import { Refusal } from '../refusals/refusal.ts';
import { jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import type { App } from '../world/apps.ts';
import { type ServiceTerm, tagsIn } from '../world/consent-items.ts';
import type { Link } from '../world/links.ts';
import type { World } from '../world/world.ts';
import { identifyCaller } from './caller.ts';
import { parameter } from './parameters.ts';
import { isoSeconds } from './user-me.ts';

/**
 * `GET /v2/user/service_terms`: the terms that the user agreed to, or with `result=app_service_terms` all of the app;
 * `tags` narrows them. -3 without Kakao Sync, -2 when no tag is known.
 */
export function serviceTerms(request: KakaoRequest, world: World): Reply {
  const { link } = identifyCaller(request, world);
  const result = parameter(request, 'result') ?? 'agreed_service_terms';
  if (result !== 'agreed_service_terms' && result !== 'app_service_terms')
    throw new Refusal(-2, { text: 'result must be agreed_service_terms or app_service_terms' });
  const named = termsOf(link.app, parameter(request, 'tags'));
  const listed = named.filter(({ tag }) => result === 'app_service_terms' || link.terms.has(tag));
  return jsonReply({
    id: BigInt(link.userId),
    service_terms: listed.map((term) => ({
      tag: term.tag,
      required: term.required,
      agreed: link.terms.has(term.tag),
      revocable: isRevocable(term, link),
      ...agreement(term, link),
    })),
  });
}

/** `POST /v2/user/revoke/service_terms`: withdraws from `tags`; what is required or not agreed to is left out. */
export function revokeServiceTerms(request: KakaoRequest, world: World): Reply {
  const { link, terms } = namedTerms(request, world);
  const revoked = terms.filter((term) => isRevocable(term, link));
  for (const { tag } of revoked) link.terms.delete(tag);
  const answer = revoked.map(({ tag }) => ({ tag, agreed: false }));
  return jsonReply({ id: BigInt(link.userId), revoked_service_terms: answer });
}

/** `POST /v2/user/upgrade/service_terms`: agrees to `tags` for the user; what was agreed to before is left out. */
export function upgradeServiceTerms(request: KakaoRequest, world: World): Reply {
  const { link, terms } = namedTerms(request, world);
  const fresh = terms.filter(({ tag }) => !link.terms.has(tag));
  agreeToTerms(world, link, { tags: fresh.map(({ tag }) => tag), by: 'KAPI' });
  const answer = fresh.map((term) => ({ tag: term.tag, agreed: true, ...agreement(term, link) }));
  return jsonReply({ id: BigInt(link.userId), agreed_service_terms: answer });
}

function namedTerms(request: KakaoRequest, world: World): { link: Link; terms: ServiceTerm[] } {
  const { link } = identifyCaller(request, world);
  const tags = parameter(request, 'tags') ?? '';
  if (tagsIn(tags).length === 0) throw new Refusal(-2, { text: 'tags is missing' });
  return { link, terms: termsOf(link.app, tags) };
}

/** The app's terms with these tags, in its order, or all of them. */
function termsOf(app: App, parameter: string | null): ServiceTerm[] {
  if (!app.kakaoSync) throw new Refusal(-3, { text: 'Kakao Sync is not enabled for this app' });
  if (parameter === null) return app.serviceTerms;
  const tags = tagsIn(parameter);
  const known = app.serviceTerms.filter(({ tag }) => tags.includes(tag));
  if (known.length > 0) return known;
  const where = `tags([${tags.join(', ')}]) in app(${app.name.en})`;
  const text = `There is no tags to get service terms. check out to configured this ${where}.`;
  throw new Refusal(-2, { text });
}

function isRevocable({ tag, required }: ServiceTerm, link: Link): boolean {
  return !required && link.terms.has(tag);
}

function agreement({ tag }: ServiceTerm, link: Link): JsonObject {
  const agreed = link.terms.get(tag);
  return agreed ? { agreed_at: isoSeconds(agreed.at), agreed_by: agreed.by } : {};
}
