import type { Cookie } from '../cookie-jar.ts';
import { differences, forgeries } from '../forgery.ts';
import { freshBrowser, logIn, type Patient, sessionCookies, signedInBrowser, whoIs } from '../patient.ts';
import { crashOf, isStill, nameOf } from '../symptoms.ts';
import { type Case, type Finding, finding, notApplicable } from '../verdict.ts';

/** The cookie that keeps a person signed in. */
export const sessionCases: readonly Case[] = [
  {
    id: 'cookie-http-only',
    title: 'The session cookie is HttpOnly',
    kind: 'vulnerable',
    why: 'Every script on the page can carry off a cookie that it can read (RFC 6265 4.1.2.6; ASVS 5.0, 3.3.4).',
    mend: 'Set HttpOnly.',
    run: (patient) => everyCookie(patient, ({ httpOnly }) => httpOnly, 'HttpOnly'),
  },
  {
    id: 'cookie-same-site',
    title: 'The session cookie is SameSite=Lax or Strict',
    kind: 'vulnerable',
    why: 'Without it other sites act in the person’s name, and not every browser takes Lax for granted (RFC 6265bis 5.6.7; ASVS 5.0, 3.3.2).',
    mend: 'Set SameSite=Lax. (Strict loses the cookie on the way back from Kakao.)',
    run: (patient) =>
      everyCookie(
        patient,
        ({ sameSite }) => sameSite === 'lax' || sameSite === 'strict',
        'SameSite=Lax or Strict',
      ),
  },
  {
    id: 'cookie-secure',
    title: 'The session cookie is Secure where the app is https',
    kind: 'vulnerable',
    why: 'One plain request gives the session to everybody on the way (RFC 6265 4.1.2.5; ASVS 5.0, 3.3.1).',
    mend: 'Set Secure, and name the cookie __Host-….',
    run: async (patient) =>
      patient.options.url.startsWith('https:')
        ? everyCookie(patient, ({ secure }) => secure, 'Secure')
        : notApplicable('the app was examined over http'),
  },
  {
    id: 'session-unguessable',
    title: 'The session cookie is another one in every login',
    kind: 'vulnerable',
    why: 'A session that can be counted or guessed belongs to everybody (ASVS 5.0, 7.2.3: 128 bits).',
    mend: 'Make session ids from a cryptographic random generator, new at every login.',
    run: async (patient) => {
      const [one, other] = [await sessionCookies(patient), await sessionCookies(patient)];
      const pairs = [...one].map(([name, { value }]) => [value, other.get(name)?.value ?? ''] as const);
      const least = Math.max(0, ...pairs.map(([a, b]) => differences(a, b)));
      const wrong = least < 8 ? `only ${least} characters differ` : null;
      return finding('two logins of Ada', wrong, `the cookies differ in ${least} characters`);
    },
  },
  {
    id: 'session-fixation',
    title: 'A session that was known before the login',
    kind: 'vulnerable',
    why: 'Whoever plants a session in a browser and waits is signed in with it (session fixation: ASVS 5.0, 7.2.4).',
    mend: 'Make a new session id at every login and forget the old one.',
    run: sessionFixation,
  },
  {
    id: 'session-forged',
    title: 'A session cookie that was changed',
    kind: 'vulnerable',
    why: 'A cookie that says who somebody is, without a signature that is checked, can be written by anybody (RFC 8725 3.1; ASVS 5.0, 9.1.1).',
    mend: 'Sign what the cookie says and check algorithm and signature, or keep a random id in it and everything else on the server.',
    run: sessionForged,
  },
  {
    id: 'page-not-cached',
    title: 'Pages about a person are not kept by caches',
    kind: 'vulnerable',
    why: 'A shared cache gives one person’s page to the next (RFC 9111 5.2.2; ASVS 5.0, 14.2.2).',
    mend: 'Send Cache-Control: private, no-store with everything that depends on who is asking.',
    run: async (patient) => {
      const { final } = await (await signedInBrowser(patient)).visit(patient.probe.url);
      const control = final.headers['cache-control'] ?? '';
      const isShared =
        /public|s-maxage/.test(control) ||
        (/max-age=[1-9]/.test(control) && !/private|no-store/.test(control));
      const wrong = isShared ? `it says Cache-Control: ${control}` : null;
      return finding(
        `Ada’s request for ${new URL(patient.probe.url).pathname}`,
        wrong,
        `Cache-Control: ${control || '(none)'}`,
      );
    },
  },
];

async function everyCookie(
  patient: Patient,
  isGood: (cookie: Cookie) => boolean,
  flag: string,
): Promise<Finding> {
  const cookies = [...(await sessionCookies(patient)).values()];
  const bad = cookies.filter((cookie) => !isGood(cookie)).map(({ name }) => name);
  const names = cookies.map(({ name }) => name).join(', ');
  return finding(
    'a login of Ada',
    bad.length > 0 ? `not ${flag}: ${bad.join(', ')}` : null,
    `${names}: ${flag}`,
  );
}

async function sessionFixation(patient: Patient): Promise<Finding> {
  const names = [...(await sessionCookies(patient)).keys()];
  const stranger = freshBrowser(patient);
  await stranger.visit(patient.entrance.page);
  const planted = new Map(names.map((name) => [name, stranger.cookies.get(name) ?? plantedCookie(name)]));
  const browser = freshBrowser(patient, planted);
  await logIn(patient, browser, patient.ada);
  const kept = names.filter((name) => browser.cookies.get(name)?.value === planted.get(name)?.value);
  const opens = kept.length > 0 && isStill(await whoIs(patient, freshBrowser(patient, planted)), patient.ada);
  return finding(
    `a login of Ada in a browser with a known ${names.join(', ')}`,
    opens ? `the known ${kept.join(', ')} now opens Ada’s session` : null,
    'the known session opens nothing',
  );
}

function plantedCookie(name: string): Cookie {
  return { name, value: 'planted-by-doctor-0001', path: '/', httpOnly: true, secure: false, sameSite: 'lax' };
}

async function sessionForged(patient: Patient): Promise<Finding> {
  const [adas, bens] = [await sessionCookies(patient), await sessionCookies(patient, patient.ben)];
  for (const [name, cookie] of adas) {
    const bensValue = bens.get(name)?.value ?? '';
    for (const [how, value] of forgeries(cookie.value, bensValue, patient)) {
      const browser = freshBrowser(patient, new Map([...adas, [name, { ...cookie, value }]]));
      const who = await whoIs(patient, browser);
      const visit = await browser.visit(patient.probe.url);
      const wrong = who.kind === 'nobody' ? crashOf(visit) : `${nameOf(patient, who)} was signed in`;
      if (wrong) return finding(`the cookie ${name} ${how}`, wrong, '');
    }
  }
  return finding(
    'session cookies that were altered, unsigned or made out to somebody else',
    null,
    'nobody was signed in',
  );
}
