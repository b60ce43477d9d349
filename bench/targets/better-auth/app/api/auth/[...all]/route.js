import { betterAuth } from 'better-auth';
import { toNextJsHandler } from 'better-auth/next-js';
import Database from 'better-sqlite3';

const { KAKAO_AUTH_ORIGIN, KAKAO_API_ORIGIN, KAKAO_CLIENT_ID, KAKAO_CLIENT_SECRET } = process.env;

// Its Kakao provider has Kakao's addresses built in.
const kakao = { 'https://kauth.kakao.com': KAKAO_AUTH_ORIGIN, 'https://kapi.kakao.com': KAKAO_API_ORIGIN };
const { fetch } = globalThis;
globalThis.fetch = (input, init) => fetch(toFake(String(input)), init);

function toFake(url) {
  const found = Object.entries(kakao).find(([origin]) => url.startsWith(origin));
  return found ? `${found[1]}${url.slice(found[0].length)}` : url;
}

/** better-auth as its documentation shows it: its own tables in a SQLite file, sessions in the database. */
const auth = betterAuth({
  baseURL: process.env['NEXTAUTH_URL'] ?? '',
  secret: process.env['NEXTAUTH_SECRET'] ?? '',
  database: new Database(process.env['BETTER_AUTH_FILE'] ?? ':memory:'),
  socialProviders: { kakao: { clientId: KAKAO_CLIENT_ID ?? '', clientSecret: KAKAO_CLIENT_SECRET ?? '' } },
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  logger: { disabled: true },
});

/** Makes the tables; in a service `npx @better-auth/cli migrate` does it once. */
const ready = auth.$context.then(async (context) => context.runMigrations());
const handlers = toNextJsHandler(auth);

export async function GET(request) {
  await ready;
  return handlers.GET(request);
}

export async function POST(request) {
  await ready;
  return handlers.POST(request);
}
