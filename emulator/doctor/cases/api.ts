import { type Answer, send } from '../http.ts';
import { addressOf, begin, decide, freshBrowser, type Patient } from '../patient.ts';
import { type Case, type Finding, finding, notApplicable, type Wrong } from '../verdict.ts';

const unnamed = 'no endpoint takes a Kakao access token: name it with --api PATH';
const mend400 = 'Answer 400 or 401 with a code that says which mistake it is.';

/** How an API endpoint handles bearer tokens; `null` is no header. */
export const apiCases: readonly Case[] = [
  {
    id: 'api-good-token',
    title: 'A good access token of this app',
    kind: 'broken',
    why: 'This is what the endpoint is for; all cases below are measured against it.',
    mend: 'Accept Authorization: Bearer with an access token that belongs to your app.',
    run: async (patient) => {
      if (patient.options.api === undefined) return notApplicable(unnamed);
      const answer = await call(patient, await goodToken(patient));
      return finding(
        'Authorization: Bearer with a fresh access token of Ada',
        isOk(answer) ? null : refusal(answer),
        `HTTP ${answer.status}`,
      );
    },
  },
  {
    id: 'api-other-app',
    title: 'An access token of another Kakao app',
    kind: 'vulnerable',
    why: 'Any app that Ada uses holds such a token and could log in as her (“pass the token”; RFC 9700 4.8, Kakao: access_token_info, app_id).',
    mend: 'Ask /v1/user/access_token_info and compare app_id with your own before anything else.',
    run: async (patient) => {
      const apps = await patient.kakao.ask((control) => control.apps.list());
      const other = apps.find(({ clientId }) => clientId !== patient.app.clientId);
      if (!other) return notApplicable('this Kakao has one app only');
      return refused(
        patient,
        'an access token of another app',
        async () => (await tokensOfAda(patient, other.clientId)).access_token,
      );
    },
  },
  {
    id: 'api-code',
    title: 'An authorization code in place of the access token',
    kind: 'broken',
    why: 'The usual mistake of a first integration; it must be told apart from a failure of the server (RFC 6750 3.1).',
    mend: mend400,
    run: (patient) =>
      refused(patient, 'an authorization code', async () => {
        const callback = await decide(patient, await begin(patient, freshBrowser(patient)), patient.ada);
        return callback.searchParams.get('code') ?? '';
      }),
  },
  {
    id: 'api-refresh-token',
    title: 'A refresh token in place of the access token',
    kind: 'vulnerable',
    why: 'Kakao answers -401; the endpoint must not be more generous (RFC 6750 3.1).',
    mend: mend400,
    run: (patient) =>
      refused(patient, 'a refresh token', async () => (await tokensOfAda(patient)).refresh_token),
  },
  {
    id: 'api-id-token',
    title: 'An ID token in place of the access token',
    kind: 'vulnerable',
    why: 'An ID token says who logged in at whom; it grants nothing (OpenID Connect Core 2, RFC 9068 5).',
    mend: mend400,
    run: (patient) =>
      refused(
        patient,
        'an ID token',
        async () => (await tokensOfAda(patient)).id_token ?? 'eyJhbGciOiJub25lIn0.e30.',
      ),
  },
  {
    id: 'api-dead-token',
    title: 'An access token that was logged out',
    kind: 'vulnerable',
    why: 'Tokens die before their time; only Kakao knows (Kakao: -401).',
    mend: 'Ask Kakao about every token that is handed in.',
    run: (patient) =>
      refused(patient, 'an access token after /v1/user/logout', async () => {
        const token = await goodToken(patient);
        await send(`${patient.kakao.url}/v1/user/logout`, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}` },
        });
        return token;
      }),
  },
  {
    id: 'api-made-up-token',
    title: 'A made-up access token',
    kind: 'vulnerable',
    why: 'It belongs to nobody (RFC 6750 3.1: invalid_token).',
    mend: mend400,
    run: (patient) => refused(patient, 'a made-up token', async () => `emu_${'x'.repeat(60)}`),
  },
  {
    id: 'api-no-header',
    title: 'No Authorization header',
    kind: 'broken',
    why: 'Something is missing in the request; nothing is wrong with the server (RFC 6750 3.1).',
    mend: mend400,
    run: (patient) => refused(patient, 'no Authorization header', async () => null),
  },
  {
    id: 'api-kakao-down',
    title: 'A good access token while Kakao fails',
    kind: 'broken',
    why: 'With -1 Kakao asks not to log anybody out (Kakao: access_token_info): 401 would make the mobile app throw its session away.',
    mend: 'Answer 503 with Retry-After when Kakao does not answer or answers -1, -7, -10, -603, -9798.',
    run: async (patient) => {
      const token = await goodToken(patient);
      const sent = 'a fresh access token while /v2/user/me answers -1';
      const answer = await whenNamed(patient, () =>
        patient.kakao.during('/v2/user/me', { kakao: -1 }, () => call(patient, token)),
      );
      if (!answer) return notApplicable(unnamed);
      const wrong = isOk(answer)
        ? 'it was accepted'
        : [401, 403, 404, 500].includes(answer.status)
          ? refusal(answer)
          : null;
      return finding(sent, wrong, `HTTP ${answer.status}`);
    },
  },
];

async function goodToken(patient: Patient): Promise<string> {
  return (await tokensOfAda(patient)).access_token;
}

function tokensOfAda({ kakao, ada, app }: Patient, clientId = app.clientId) {
  return kakao.ask(({ tokens }) => tokens.mint({ userId: ada.id, clientId }));
}

async function refused(
  patient: Patient,
  what: string,
  token: () => Promise<string | null>,
): Promise<Finding> {
  const answer = await whenNamed(patient, async () => call(patient, await token()));
  if (!answer) return notApplicable(unnamed);
  const wrong = isOk(answer) ? 'it was accepted' : crash(answer);
  return finding(what, wrong, `HTTP ${answer.status}`);
}

async function whenNamed<T>({ options }: Patient, work: () => Promise<T>): Promise<T | null> {
  return options.api === undefined ? null : work();
}

/** `--api "GET /path"` or `--api /path`, which is a POST. */
async function call(patient: Patient, token: string | null): Promise<Answer> {
  const [, method = 'POST', path = '/'] = /^(?:([A-Z]+)\s+)?(\S+)$/.exec(patient.options.api ?? '') ?? [];
  const headers = {
    ...patient.options.headers,
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
  };
  const answer = await send(addressOf(patient, path), { method, headers });
  patient.leaks.look(answer);
  return answer;
}

function isOk({ status }: Answer): boolean {
  return status >= 200 && status < 300;
}

/** A server error, or no answer, to a mistake of the caller. */
function crash(answer: Answer): Wrong | null {
  return answer.status >= 500 || answer.failure ? { crash: `it crashed: ${refusal(answer)}` } : null;
}

function refusal({ status, failure }: Answer): string {
  return failure ? `no answer came: ${failure}` : `HTTP ${status}`;
}
