import type { Additions } from '../entrance.ts';
import { differences } from '../forgery.ts';
import { DoctorError } from '../kakao.ts';
import { begin, type Flow, freshBrowser, type Patient } from '../patient.ts';
import { type Case, type Finding, finding, notApplicable } from '../verdict.ts';

/** The least characters that differ between two random values. */
const FEWEST_DIFFERENCES = 8;

/** The app's authorization request: `state`, PKCE and a fixed redirect URI. */
export const authorizeRequestCases: readonly Case[] = [
  {
    id: 'state-sent',
    title: 'A login sends state',
    kind: 'vulnerable',
    why: 'Without state anybody can finish their own login in the browser of somebody else (RFC 6749 10.12; Kakao: rest-api, state).',
    mend: 'Make 32 random bytes per login, keep them in a cookie of this browser, send them as state.',
    run: async (patient) => {
      const { state } = await fresh(patient);
      return finding('a login', state ? null : 'the authorize address has no state', 'state was sent');
    },
  },
  {
    id: 'state-unguessable',
    title: 'state is another one in every login',
    kind: 'vulnerable',
    why: 'A constant or countable state protects nobody: an attacker can write it down (RFC 6749 10.10; RFC 9700 4.7.1).',
    mend: 'Make state from a cryptographic random generator, at least 128 bits, new for every login.',
    run: (patient) => differing(patient, 'state', 'vary'),
  },
  {
    id: 'pkce-s256',
    title: 'A login uses PKCE with S256',
    kind: 'vulnerable',
    why: 'PKCE ties a code to the login that asked for it, so that a stolen or injected code is worthless (RFC 9700 2.1.1; RFC 7636 4.2). Kakao takes S256 only.',
    mend: 'Send code_challenge (base64url of SHA-256, no padding) with code_challenge_method=S256, and code_verifier at the exchange.',
    run: async (patient) => {
      const { searchParams } = (await fresh(patient)).authorizeUrl;
      const wrong = searchParams.has('code_challenge')
        ? searchParams.get('code_challenge_method') === 'S256'
          ? null
          : 'code_challenge_method is not S256'
        : 'the authorize address has no code_challenge';
      return finding('a login', wrong, 'code_challenge was sent with S256');
    },
  },
  {
    id: 'pkce-new-verifier',
    title: 'The PKCE verifier is another one in every login',
    kind: 'vulnerable',
    why: 'A verifier that is used twice fits codes of other logins (RFC 7636 7.1).',
    mend: 'Make the verifier anew for every login and keep it with its state.',
    run: (patient) => differing(patient, 'code_challenge', 'be absent or vary'),
  },
  {
    id: 'redirect-uri-constant',
    title: 'redirect_uri does not follow the Host header',
    kind: 'vulnerable',
    why: 'An app that builds addresses from what the client sent can be made to send people and codes elsewhere (RFC 9700 4.1; OWASP: Host header attacks). Kakao takes registered URIs only, so the login also breaks.',
    mend: 'Take the origin of redirect_uri from configuration alone.',
    run: redirectUriConstant,
  },
];

async function fresh(patient: Patient, additions?: Additions): Promise<Flow> {
  return begin(patient, freshBrowser(patient), additions);
}

async function differing(patient: Patient, name: string, must: string): Promise<Finding> {
  const sent = 'three logins in three browsers';
  const flows = [await fresh(patient), await fresh(patient), await fresh(patient)];
  const values = flows.map(({ authorizeUrl }) => authorizeUrl.searchParams.get(name));
  const present = values.filter((value): value is string => value !== null);
  if (present.length === 0) return notApplicable(`no login sends ${name}`);
  const [a = '', b = '', c = ''] = present;
  const least = Math.min(differences(a, b), differences(b, c), differences(a, c));
  const wrong =
    least === 0
      ? `${name} was the same in two logins`
      : least < FEWEST_DIFFERENCES
        ? `${name} must ${must}, but only ${least} characters differ`
        : null;
  return finding(sent, wrong, `${name} differs in at least ${least} characters`);
}

async function redirectUriConstant(patient: Patient): Promise<Finding> {
  const usual = (await fresh(patient)).authorizeUrl.searchParams.get('redirect_uri');
  const host = 'evil.example';
  const tries: Additions[] = [
    {
      headers: {
        'x-forwarded-host': host,
        'x-forwarded-proto': 'https',
        forwarded: `host=${host};proto=https`,
      },
    },
    { headers: { host } },
    { query: { redirect_uri: `https://${host}/`, redirectUri: `https://${host}/` } },
  ];
  for (const additions of tries) {
    const uri = await redirectUriWith(patient, additions);
    if (uri !== null && uri !== usual)
      return finding(`a login with ${JSON.stringify(additions)}`, `redirect_uri became ${uri}`, '');
  }
  return finding(
    `logins with the host ${host} in Host, X-Forwarded-Host and the query`,
    null,
    `always ${usual}`,
  );
}

/** `null` when the app refuses to begin such a login, which is fine too. */
async function redirectUriWith(patient: Patient, additions: Additions): Promise<string | null> {
  try {
    return (await fresh(patient, additions)).authorizeUrl.searchParams.get('redirect_uri');
  } catch (error) {
    if (error instanceof DoctorError) return null;
    throw error;
  }
}
