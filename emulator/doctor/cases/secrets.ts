import { scriptsIn } from '../html.ts';
import { arrive, begin, decide, freshBrowser, logIn, type Patient } from '../patient.ts';
import { type Case, type Finding, finding } from '../verdict.ts';

const MOST_SCRIPTS = 60;

/** What must not reach a browser. Checks every answer of the app so far, so these cases run last. */
export const secretCases: readonly Case[] = [
  {
    id: 'client-secret-in-browser',
    title: 'The client secret or the admin key in what a browser gets',
    kind: 'vulnerable',
    why: 'The client secret lets anybody exchange codes, the admin key unlink everybody (Kakao: security guideline; RFC 6749 2.3.1).',
    mend: 'Exchange codes on the server; give the browser bundle no variable that holds a key (NEXT_PUBLIC_, VITE_, REACT_APP_ are published).',
    run: async (patient) => {
      const scripts = await readScripts(patient);
      const found = [...patient.leaks.of('client secret'), ...patient.leaks.of('admin key')];
      return finding(`all pages and ${scripts} scripts`, placesOf(found), 'found nowhere');
    },
  },
  {
    id: 'kakao-token-in-browser',
    title: 'Kakao’s tokens in pages, addresses or readable cookies',
    kind: 'vulnerable',
    why: 'Whoever reads the token reads the person’s data at Kakao (RFC 6750 5.3; RFC 9700 4.3).',
    mend: 'Keep Kakao’s tokens on the server, sealed, or throw them away after the login.',
    run: tokensInBrowser,
  },
  {
    id: 'code-in-page',
    title: 'The authorization code in pages, addresses or cookies',
    kind: 'vulnerable',
    why: 'Codes leak by history, Referer and logs (RFC 9700 4.2.4); Kakao’s error_description repeats them.',
    mend: 'Answer the callback with a redirect to a clean address; show no text that came from Kakao.',
    run: async ({ leaks }) =>
      finding('everything seen until now', placesOf(leaks.of('authorization code')), 'found nowhere'),
  },
  {
    id: 'code-in-address-bar',
    title: 'The code stays in the address bar',
    kind: 'vulnerable',
    why: 'The address of the page goes into history, analytics and Referer (RFC 9700 4.2.4).',
    mend: 'Answer the callback with 303 to an address without code and state.',
    run: async (patient) => {
      const { visit } = await logIn(patient, freshBrowser(patient), patient.ada);
      const stays = visit.leftTo === null && new URL(visit.final.url).searchParams.has('code');
      return finding(
        'a login of Ada',
        stays ? 'the page after the login has the code in its address' : null,
        'the last address has no code',
      );
    },
  },
  {
    id: 'stack-trace',
    title: 'Stack traces in answers',
    kind: 'vulnerable',
    why: 'They tell versions, paths and queries to whoever provokes an error (ASVS 5.0, 13.4.2; CWE-209).',
    mend: 'Switch the debug pages off; log the error with an id and show the id.',
    run: async ({ leaks }) =>
      finding('everything seen until now', placesOf(leaks.of('stack trace')), 'found nowhere'),
  },
];

function placesOf(leaks: readonly { readonly what: string; readonly where: string }[]): string | null {
  const places = leaks.slice(0, 3).map(({ what, where }) => `${what} in ${where}`);
  return places.length === 0 ? null : places.join('; ');
}

async function readScripts(patient: Patient): Promise<number> {
  const browser = freshBrowser(patient);
  await logIn(patient, browser, patient.ada);
  const { entrance, landingUrl, options, browserContext } = patient;
  const addresses = new Set<string>();
  for (const page of new Set([options.url, entrance.page, landingUrl])) {
    const { final } = await browser.visit(page);
    for (const script of scriptsIn(final.text))
      if (URL.canParse(script, page)) addresses.add(new URL(script, page).href);
  }
  const own = [...addresses]
    .filter((url) => browserContext.origins.has(new URL(url).origin))
    .slice(0, MOST_SCRIPTS);
  for (const url of own) await browser.visit(url);
  return own.length;
}

/** A login with known tokens, so that the answers can be searched for them. */
async function tokensInBrowser(patient: Patient): Promise<Finding> {
  const { kakao, ada, app, leaks, probe, landingUrl } = patient;
  const order = { userId: ada.id, clientId: app.clientId };
  const { access_token, refresh_token } = await kakao.ask(({ tokens }) => tokens.mint(order));
  leaks.watchFor(access_token, 'access token');
  leaks.watchFor(refresh_token, 'refresh token');
  const browser = freshBrowser(patient);
  const callback = await decide(patient, await begin(patient, browser), ada);
  await kakao.during('/oauth/token', { replace: { access_token, refresh_token } }, () =>
    arrive(browser, callback),
  );
  for (const url of new Set([probe.url, landingUrl])) await browser.visit(url);
  const found = [...leaks.of('access token'), ...leaks.of('refresh token')];
  return finding('a login of Ada with known tokens', placesOf(found), 'found nowhere');
}
