import { type BrowserContext, openBrowser } from './browser.ts';
import type { DoctorOptions } from './command-line.ts';
import { type Entrance, findEntrance } from './entrance.ts';
import { type ConsoleApp, DoctorError, type Kakao, kakaoAt } from './kakao.ts';
import { createLeaks } from './leaks.ts';
import { addressOf, arrive, begin, decide, describe, type Flow, logIn, type Patient } from './patient.ts';
import { findProbe, usualProbes } from './probe.ts';
import { crashOf } from './symptoms.ts';

/**
 * Makes sure that the app can be examined: finds where a login begins, logs two people in, and finds what tells who is
 * signed in. Rejects with `DoctorError`, which says what to do, when one of these fails.
 */
export async function admit(options: DoctorOptions): Promise<Patient> {
  const kakao = kakaoAt(options.kakaoUrl.replace(/\/$/, ''));
  const apps = await kakao.ask((control) => control.apps.list());
  const leaks = createLeaks();
  const browserContext: BrowserContext = {
    origins: new Set([options.url, ...(options.origins ?? [])].map((url) => new URL(url).origin)),
    headers: options.headers ?? {},
    onAnswer: leaks.look,
  };
  const entrance = await entranceOf(options, kakao, browserContext);
  const parts = { options, kakao, entrance, browserContext, leaks };
  const flow = await begin(parts, openBrowser(browserContext));
  const app = await registeredApp(flow, apps, kakao, browserContext);
  leaks.watchFor(app.clientSecret, 'client secret');
  leaks.watchFor(app.adminKey, 'admin key');
  const [ada, ben] = [await kakao.person('Ada'), await kakao.person('Ben')];
  const found = await firstLogin({ ...parts, ada });
  await logIn(parts, openBrowser(browserContext), ben);
  return { ...parts, app, ada, ben, ...found };
}

type Parts = Pick<Patient, 'options' | 'kakao' | 'entrance' | 'browserContext' | 'leaks'>;

async function entranceOf(
  options: DoctorOptions,
  kakao: Kakao,
  browserContext: BrowserContext,
): Promise<Entrance> {
  const page = addressOf({ options }, options.login ?? options.url);
  const { final, leftTo } = await openBrowser(browserContext).visit(page);
  if (final.failure) throw new DoctorError(`no app answers at ${page}: ${final.failure}`);
  const entrance = await findEntrance(page, kakao.url, browserContext);
  if (entrance) return entrance;
  const seen =
    leftTo === null
      ? describe({ final, leftTo, looped: false, ms: 0 })
      : `it leads to ${leftTo.split('?')[0]}`;
  throw new DoctorError(
    `nothing at ${page} begins a login at ${kakao.url} (${seen}). Point the app's Kakao at ${kakao.url}, ` +
      'and name what begins its login with --login PATH, or the Kakao that it uses with --kakao URL.',
  );
}

/** The app whose key the login sends; its redirect URI is registered if it is not yet. */
async function registeredApp(
  { authorizeUrl }: Flow,
  apps: readonly ConsoleApp[],
  kakao: Kakao,
  { origins }: BrowserContext,
): Promise<ConsoleApp> {
  const clientId = authorizeUrl.searchParams.get('client_id');
  const app = apps.find((one) => one.clientId === clientId);
  const known = apps.map((one) => one.clientId).join(', ');
  if (!app) throw new DoctorError(`the app uses the REST API key ${clientId}; this Kakao knows ${known}`);
  const redirectUri = authorizeUrl.searchParams.get('redirect_uri') ?? '';
  if (!URL.canParse(redirectUri))
    throw new DoctorError(`the app's redirect_uri is no address: ${redirectUri}`);
  const { origin } = new URL(redirectUri);
  if (!origins.has(origin))
    throw new DoctorError(
      `people come back from Kakao at ${origin}, which is another origin: examine that address, or add --origin ${origin}`,
    );
  if (!app.redirectUris.includes(redirectUri)) await register(redirectUri, app, kakao);
  return app;
}

/** Registers one more redirect URI; an app has at most ten. */
function register(redirectUri: string, { clientId, redirectUris }: ConsoleApp, { ask }: Kakao) {
  const changes = { redirectUris: [...redirectUris.slice(-9), redirectUri] };
  return ask(({ apps }) => apps.change(clientId, changes));
}

async function firstLogin(parts: Parts & Pick<Patient, 'ada'>) {
  const { options, kakao, browserContext, ada } = parts;
  const browser = openBrowser(browserContext);
  const callback = await decide(parts, await begin(parts, browser), ada);
  const { result: visit, count } = await kakao.counting('/oauth/token', () => arrive(browser, callback));
  const silent = count === 0 ? `no token request reached ${kakao.url}` : null;
  const problem = crashOf(visit) ? 'it crashed' : silent;
  if (problem)
    throw new DoctorError(
      `a plain login does not work: ${problem} (${describe(visit)}). Make that work first: KAKAO keys, secret and both addresses of Kakao must be those of ${kakao.url}`,
    );
  const landingUrl = visit.final.url;
  const given = options.me === undefined ? [] : [addressOf(parts, options.me)];
  const candidates = [...given, landingUrl, parts.entrance.page, ...usualProbes(new URL(options.url).origin)];
  const probe = await findProbe(browser, ada, candidates, browserContext);
  if (probe) return { probe, landing: describe(visit), landingUrl };
  throw new DoctorError(
    `after the login (${describe(visit)}) nothing tells that somebody is signed in: name a page or endpoint with --me PATH`,
  );
}
