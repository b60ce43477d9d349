import { setTimeout as delay } from 'node:timers/promises';
import type { FaultSent } from '../../src/client.ts';
import type { Person } from '../kakao.ts';
import { arrive, begin, decide, freshBrowser, logIn, type Patient, whoIs } from '../patient.ts';
import { crashOf, loginProblem } from '../symptoms.ts';
import { type Case, type Finding, finding, notApplicable } from '../verdict.ts';

/** How the app uses an ID token: takes the person from it, ignores it, or refuses one about somebody else. */
type Use = 'believed' | 'ignored' | 'checked';

const uses = new WeakMap<Patient, Promise<Use>>();
const MARKER = 'Forged-by-doctor';
const ROTATION_MS = 35_000;

const mend =
  'Verify with a library that is told everything: RS256 only, key from Kakao’s JWKS, iss, aud = REST API key, exp, and the nonce of this login.';

type Claims = NonNullable<FaultSent['idToken']>;
type Row = readonly [id: string, title: string, idToken: Claims, why: string];

const hourAgo = () => Math.floor(Date.now() / 1000) - 3_600;

const rows: readonly Row[] = [
  [
    'aud',
    'for another app',
    { aud: '1d0ca1a11ec0ffee5eed0000cafe0002' },
    'A token for another app lets that app’s owner in as anybody (OpenID Connect Core 3.1.3.7, 3).',
  ],
  [
    'iss',
    'from another issuer',
    { iss: 'https://evil.example' },
    'Only Kakao speaks for Kakao’s people (OpenID Connect Core 3.1.3.7, 2).',
  ],
  [
    'nonce',
    'with another nonce',
    { nonce: 'somebody-elses-nonce' },
    'The nonce ties the token to this login (OpenID Connect Core 3.1.3.7, 11).',
  ],
  [
    'expired',
    'that has expired',
    { iat: hourAgo() - 3_600, exp: hourAgo() },
    'exp is a promise (OpenID Connect Core 3.1.3.7, 9).',
  ],
  ['alg-none', 'with alg none', { alg: 'none' }, 'A token that says “unsigned” is anybody’s (RFC 8725 3.1).'],
  [
    'alg-hs256',
    'signed with the client secret (HS256)',
    { alg: 'HS256' },
    'The algorithm is for the app to choose, not for the token (RFC 8725 3.1); Kakao signs with RS256.',
  ],
  [
    'unknown-key',
    'signed by a key that is not published',
    { signWith: 'unknown-key' },
    'Kakao: verify the signature with the key of the JWKS that kid names.',
  ],
  [
    'foreign-key',
    'signed by a foreign key under a known kid',
    { signWith: 'foreign-key-same-kid' },
    'kid names a key, the signature proves it (Kakao: rest-api, verifying the ID token).',
  ],
];

/** Invalid ID tokens that must be refused, and a new signing key. */
export const idTokenCases: readonly Case[] = [
  {
    id: 'id-token-sub',
    title: 'An ID token about somebody else than the profile',
    kind: 'vulnerable',
    why: 'sub of the ID token and id of the profile must be the same person (OpenID Connect Core 5.3.2).',
    mend: 'Compare sub with the id of /v2/user/me, or take the person from one of the two only.',
    run: idTokenSub,
  },
  ...rows.map(
    ([id, title, idToken, why]): Case => ({
      id: `id-token-${id}`,
      title: `An ID token ${title}`,
      kind: 'vulnerable',
      why,
      mend,
      run: (patient) => refusesIdToken(patient, idToken),
    }),
  ),
];

/** These run last, because a library may wait half a minute before it fetches keys again. */
export const keyRotationCases: readonly Case[] = [
  {
    id: 'key-rotated',
    title: 'Kakao signs with a new key',
    kind: 'broken',
    why: 'Kakao rotates its keys without notice; an app that keeps the old set lets nobody in (Kakao: rest-api, JWKS; OpenID Connect Core 10.1.1).',
    mend: 'Fetch the JWKS again when a kid is unknown, at most every 30 s.',
    run: keyRotated,
  },
];

async function arriveWithIdToken(patient: Patient, idToken: Claims, ...others: readonly Person[]) {
  const browser = freshBrowser(patient);
  const callback = await decide(patient, await begin(patient, browser), patient.ada);
  const visit = await patient.kakao.during('/oauth/token', { idToken }, () => arrive(browser, callback));
  return { browser, visit, who: await whoIs(patient, browser, ...others) };
}

/** How the app uses ID tokens, found out once. */
function useOf(patient: Patient): Promise<Use> {
  const known = uses.get(patient) ?? findUse(patient);
  uses.set(patient, known);
  return known;
}

async function findUse(patient: Patient): Promise<Use> {
  // Nobody whose profile the app may know already: then it must ask for it, and see that it is Ada's.
  const newcomer = await patient.kakao.person('Newcomer');
  const { browser, who } = await arriveWithIdToken(patient, { sub: newcomer.id, nickname: MARKER }, newcomer);
  if (who.kind === 'nobody') return 'checked';
  const isForged = (await browser.visit(patient.probe.url)).final.text.includes(MARKER);
  return isForged || who.person?.id === newcomer.id ? 'believed' : 'ignored';
}

async function idTokenSub(patient: Patient): Promise<Finding> {
  if (!patient.app.oidc) return notApplicable('OpenID Connect is off for this app');
  const newcomer = await patient.kakao.person('Newcomer');
  const { count } = await patient.kakao.counting('/v2/user/me', () =>
    logIn(patient, freshBrowser(patient), newcomer),
  );
  const use = await useOf(patient);
  if (use === 'ignored') return notApplicable('the app takes nothing from the ID token');
  if (count === 0) return notApplicable('the app asks for no profile: the ID token is all it has');
  const wrong =
    use === 'believed' ? 'the ID token of somebody else was believed beside the profile of Ada' : null;
  return finding(
    'an ID token with sub of somebody else, where the profile is Ada’s',
    wrong,
    'nobody was signed in',
  );
}

async function refusesIdToken(patient: Patient, idToken: Claims): Promise<Finding> {
  if (!patient.app.oidc) return notApplicable('OpenID Connect is off for this app');
  const use = await useOf(patient);
  const { visit, who } = await arriveWithIdToken(patient, idToken);
  const sent = `a login with an ID token spoilt by ${JSON.stringify(idToken)}`;
  if (who.kind === 'nobody') return finding(sent, crashOf(visit), 'nobody was signed in');
  if (use === 'ignored')
    return notApplicable('the app takes nothing from the ID token: it asks /v2/user/me who that is');
  return finding(sent, 'somebody was signed in', '');
}

async function keyRotated(patient: Patient): Promise<Finding> {
  const started = performance.now();
  await patient.kakao.ask(({ keys }) => keys.rotate());
  for (;;) {
    const browser = freshBrowser(patient);
    const { visit } = await logIn(patient, browser, patient.ada);
    const problem = await loginProblem(patient, browser, visit, patient.ada);
    const ms = performance.now() - started;
    if (problem === null || ms > ROTATION_MS)
      return finding(
        'logins after the key of the ID tokens was rotated',
        problem,
        `Ada was signed in after ${(ms / 1000).toFixed(0)} s`,
      );
    await delay(3_000);
  }
}
