import { agree, agreeToTerms, linkApp } from '../account/linking.ts';
import { willingly } from '../kauth/consent.ts';
import { issueLogin } from '../kauth/issue-login.ts';
import { jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { isEnabled, scopesInState } from '../world/apps.ts';
import { findLink } from '../world/links.ts';
import { now, type World } from '../world/world.ts';
import { flag, isProblem, orNull, readBody, type Shape, text, texts, userId } from './body-shape.ts';
import { namedClient, namedUser } from './named-app.ts';
import { problem } from './problem.ts';

interface Order {
  readonly userId: string;
  readonly clientId?: string;
  /** Scope ids to agree to; default: every required and optional item the person does not decline. */
  readonly scopes?: string[];
  /** Tags of service terms to agree to; default: all that the person does not decline, at the first login. */
  readonly terms?: string[];
  /** Whether to link a user who is not linked yet; default true. */
  readonly link?: boolean;
  readonly nonce?: string | null;
}

/** Whose tokens, for which app. */
export const tokenOrder: Shape = {
  userId,
  clientId: text,
  scopes: texts,
  terms: texts,
  link: flag,
  nonce: orNull(text),
};

/** `POST /tokens`: a token response for a user without any page, as a mobile SDK would hold it. */
export async function mintTokens(request: KakaoRequest, world: World): Promise<Reply> {
  const order = readBody<Order>(request.body, tokenOrder, ['userId']);
  if (isProblem(order)) return order;
  const client = namedClient(order.clientId, world);
  if (isProblem(client)) return client;
  const { app, key } = client;
  const user = namedUser(order.userId, world);
  if (isProblem(user)) return user;
  const off = order.scopes?.find((scope) => !isEnabled(app, scope));
  if (off !== undefined) return problem(400, `the app has not enabled ${off}`, 'scopes');
  const tags = app.kakaoSync ? app.serviceTerms.map(({ tag }) => tag) : [];
  const unknown = order.terms?.find((tag) => !tags.includes(tag));
  if (unknown !== undefined) return problem(400, `the app has no service term ${unknown}`, 'terms');
  const known = findLink(world.links, app, user);
  if (!known && order.link === false) return problem(400, `user ${user.id} is not linked`, 'link');
  const usual = known ? [] : scopesInState(app, 'required', 'optional');
  const agreed = (order.scopes ?? usual).filter(
    (scope) => scope !== 'openid' && !user.declines.includes(scope),
  );
  const link = linkApp(world, app, user);
  agree(world, link, agreed);
  agreeToTerms(world, link, { tags: willingly(order.terms ?? (known ? [] : tags), user), by: 'KAUTH' });
  const authTime = Math.floor(now(world) / 1000);
  return jsonReply(
    await issueLogin({ link, key, nonce: order.nonce ?? null, wantsIdToken: true, authTime }, world),
  );
}
