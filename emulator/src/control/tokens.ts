import { agree, agreeToTerms, linkApp } from '../account/linking.ts';
import { notDeclined } from '../kauth/consent.ts';
import { issueLogin } from '../kauth/issue-login.ts';
import { isEnabled, scopesInState } from '../world/apps.ts';
import { findLink } from '../world/links.ts';
import { now, type World } from '../world/world.ts';
import { userId } from './fields.ts';
import { namedClient, namedUser } from './named.ts';
import { type ControlRoutes, operation } from './operation.ts';
import { Problem } from './problem.ts';
import { component, flag, open, orNull, partial, type TypeOf, text, texts, whole } from './schema.ts';

/** Whose tokens, for which app. */
export const tokenOrder = partial(
  {
    userId,
    clientId: text,
    /** Scope ids to agree to; default: every required and optional item the person does not decline. */
    scopes: texts,
    /** Tags of service terms to agree to; default: all that the person does not decline, at the first login. */
    terms: texts,
    /** Whether to link a user who is not linked yet; default true. */
    link: flag,
    nonce: orNull(text),
  },
  'userId',
);

/** Kakao's token response. */
const tokens = partial(
  {
    token_type: text,
    access_token: text,
    id_token: text,
    expires_in: whole(0),
    refresh_token: text,
    refresh_token_expires_in: whole(0),
    scope: text,
  },
  'token_type',
  'access_token',
  'expires_in',
  'refresh_token',
  'refresh_token_expires_in',
);
export type Tokens = TypeOf<typeof tokens>;

/** Tokens without a login. */
export const tokenRoutes: ControlRoutes = {
  tokens: {
    POST: operation({
      summary: 'Tokens for a user without a page, as a mobile SDK holds them',
      body: tokenOrder,
      answer: component('Tokens', open(tokens)),
      handle: ({ world, body }) => mintTokens(world, body()),
    }),
  },
};

async function mintTokens(world: World, order: TypeOf<typeof tokenOrder>): Promise<Tokens> {
  const { app, key } = namedClient(order.clientId, world);
  const user = namedUser(order.userId, world);
  const off = order.scopes?.find((scope) => !isEnabled(app, scope));
  if (off !== undefined) throw new Problem(400, `the app has not enabled ${off}`, 'scopes');
  const tags = app.kakaoSync ? app.serviceTerms.map(({ tag }) => tag) : [];
  const unknown = order.terms?.find((tag) => !tags.includes(tag));
  if (unknown !== undefined) throw new Problem(400, `the app has no service term ${unknown}`, 'terms');
  const known = findLink(world.links, app, user);
  if (!known && order.link === false) throw new Problem(400, `user ${user.id} is not linked`, 'link');
  const usual = known ? [] : scopesInState(app, 'required', 'optional');
  const agreed = (order.scopes ?? usual).filter(
    (scope) => scope !== 'openid' && !user.declines.includes(scope),
  );
  const link = linkApp(world, app, user);
  agree(world, link, agreed);
  agreeToTerms(world, link, { tags: notDeclined(order.terms ?? (known ? [] : tags), user), by: 'KAUTH' });
  const authTime = Math.floor(now(world) / 1000);
  const login = { link, key, nonce: order.nonce ?? null, wantsIdToken: true, authTime };
  return issueLogin(login, world);
}
