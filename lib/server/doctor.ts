import { type Env, EnvError, readEnv, settingsWithoutEffect, variables } from './env';
import { isLoopback } from './hosts';

type Source = Readonly<Record<string, string | undefined>>;

/**
 * One thing that `npm run doctor` says. `wrong`: it does not work like this. `doubtful`: it works, and probably not as
 * meant. `todo`: to be done at Kakao, which cannot be seen from here. No text holds a secret.
 */
export interface Finding {
  readonly kind: 'fine' | 'todo' | 'doubtful' | 'wrong';
  readonly about: string;
  readonly text: string;
}

const finding =
  (kind: Finding['kind']) =>
  (about: string, text: string): Finding => ({ kind, about, text });
export const fine = finding('fine');
export const todo = finding('todo');
export const doubtful = finding('doubtful');
export const wrong = finding('wrong');

/** The configuration, or `null` if it is not usable, and all that can be said about it without asking anybody. */
export function examineSettings(source: Source): { readonly env: Env | null; readonly findings: Finding[] } {
  const { env, problems } = readWithProblems(source);
  const findings = [
    ...variables.flatMap((name) => stateOf(name, source, problems)),
    ...settingsWithoutEffect(source).map((text) => doubtful('ignored', `${text} is set and changes nothing`)),
    ...sharedSecrets(source),
    ...weakSecrets(source),
    ...(env
      ? [...missingKeys(env), ...examineAddress(env, source), ...examineScope(env), ...toRegister(env)]
      : []),
  ];
  return { env, findings };
}

function readWithProblems(source: Source): { env: Env | null; problems: readonly string[] } {
  try {
    return { env: readEnv(source), problems: [] };
  } catch (error) {
    if (error instanceof EnvError) return { env: null, problems: error.problems };
    throw error;
  }
}

function stateOf(name: string, source: Source, problems: readonly string[]): Finding[] {
  const problem = problems.find((text) => text.startsWith(`${name} `));
  if (problem) return [wrong(name, problem.slice(name.length + 1))];
  return source[name]?.trim() ? [fine(name, 'is set')] : [];
}

const secretNames = [
  'NEXTAUTH_SECRET',
  'SEALING_SECRET',
  'KAKAO_CLIENT_SECRET',
  'KAKAO_ADMIN_KEY',
  'CRON_SECRET',
  'METRICS_TOKEN',
  // No secrets: where one is pasted in their place, or they in its, it shows here.
  'KAKAO_CLIENT_ID',
  'KAKAO_APP_ID',
];

function secretsIn(source: Source, name: string): string[] {
  return (source[name] ?? '').split(',').flatMap((secret) => secret.trim() || []);
}

/** One value under two names: whoever is told the one has the other, or it was pasted into the wrong place. */
function sharedSecrets(source: Source): Finding[] {
  return secretNames.flatMap((name, at) => {
    const values = secretsIn(source, name);
    const others = secretNames.slice(at + 1).filter((other) => {
      return secretsIn(source, other).some((value) => values.includes(value));
    });
    return others.map((other) => wrong(name, `has the same value as ${other}: each needs its own`));
  });
}

/** Bits, if every character were drawn as often as it occurs; what people think up stays below. */
function guessedBits(secret: string): number {
  const counts = new Map<string, number>();
  for (const char of secret) counts.set(char, (counts.get(char) ?? 0) + 1);
  const perCharacter = [...counts.values()].map(
    (count) => (count / secret.length) * Math.log2(secret.length / count),
  );
  return secret.length * perCharacter.reduce((sum, bits) => sum + bits, 0);
}

function looksTyped(secret: string): boolean {
  const words = secret.match(/[a-z]{4,}/g) ?? [];
  return guessedBits(secret) < 120 || words.join('').length > secret.length / 2;
}

function weakSecrets(source: Source): Finding[] {
  return ['NEXTAUTH_SECRET', 'SEALING_SECRET', 'CRON_SECRET', 'METRICS_TOKEN'].flatMap((name) => {
    const secrets = secretsIn(source, name);
    return [
      ...(secrets.some(looksTyped)
        ? [doubtful(name, 'looks like words: a random one is made by `openssl rand -base64 48`')]
        : []),
      ...(secrets.length > 1
        ? [doubtful(name, `holds ${secrets.length} secrets: remove the old ones when the rotation is over`)]
        : []),
    ];
  });
}

function missingKeys({ kakao, localKakao }: Env): Finding[] {
  const findings: Finding[] = [];
  if (!kakao.clientSecret) {
    findings.push(
      doubtful(
        'KAKAO_CLIENT_SECRET',
        'is not set: Kakao has it on for every key, and refuses logins with KOE010',
      ),
    );
  }
  if (!kakao.adminKey) {
    findings.push(
      doubtful(
        'KAKAO_ADMIN_KEY',
        'is not set: who leaves stays linked at Kakao, and the unlink webhook is off',
      ),
    );
  }
  if (!kakao.appId) {
    findings.push(
      doubtful('KAKAO_APP_ID', 'is not set: POST /api/auth/kakao answers 500; production does not start'),
    );
  }
  const notAKey = [kakao.clientId, kakao.adminKey].some((key) => key && !/^[0-9a-f]{32}$/.test(key));
  if (notAKey && !localKakao) {
    findings.push(
      doubtful('KAKAO_CLIENT_ID', 'or KAKAO_ADMIN_KEY is not the 32 hexadecimal digits that Kakao makes'),
    );
  }
  return findings;
}

/** What follows from where the app is, and where Kakao is. */
function examineAddress(
  { origin, production, localKakao, trustedProxyHops }: Env,
  source: Source,
): Finding[] {
  const findings: Finding[] = [];
  const secure = origin.startsWith('https:');
  if (secure && trustedProxyHops === 0 && !isLoopback(origin)) {
    findings.push(
      doubtful(
        'TRUSTED_PROXY_HOPS',
        'is 0, and something in front of the app speaks https: all clients share the limits of one',
      ),
    );
  }
  if (production && isLoopback(origin)) {
    findings.push(doubtful('NEXTAUTH_URL', 'is loopback: only a browser on this machine can log in'));
  }
  if (!secure && !isLoopback(origin)) {
    findings.push(doubtful('NEXTAUTH_URL', 'is http: cookies and codes can be read on the way'));
  }
  if (production && localKakao) {
    findings.push(doubtful('ALLOW_LOCAL_KAKAO', 'lets everybody log in as anybody: never on a public site'));
  } else if (source['ALLOW_LOCAL_KAKAO']?.trim() === '1' && !localKakao) {
    findings.push(doubtful('ALLOW_LOCAL_KAKAO', 'has no effect: no address of Kakao is local'));
  }
  return findings;
}

const afterReview = 'needs a business app and a review of a few business days';
/** What Kakao asks of an app before it may ask for a consent item; none of most others (docs/kakao-console.md). */
const requirements: Readonly<Record<string, string | null>> = {
  profile_nickname: null,
  profile_image: null,
  talk_message: null,
  openid: 'needs [카카오 로그인] > [OpenID Connect] to be ON',
  profile: 'is of apps from before 25 June 2021: others have profile_nickname and profile_image',
  account_email: 'needs a business app (비즈 앱)',
  plusfriends: 'needs a KakaoTalk channel that is connected to the app',
  friends: 'needs a permission of Kakao',
  name: afterReview,
  gender: afterReview,
  age_range: afterReview,
  birthday: afterReview,
  birthyear: afterReview,
  phone_number: afterReview,
  shipping_address: afterReview,
  account_ci: 'needs a business app and a special review',
};

function examineScope({ kakao }: Env): Finding[] {
  const items = kakao.scope?.split(' ') ?? [];
  if (items.length === 0) return [];
  const unknown = items.filter((item) => !Object.hasOwn(requirements, item));
  const conditions = items.flatMap((item) => {
    const condition = unknown.includes(item) ? null : requirements[item];
    return condition ? [todo('KAKAO_SCOPE', `${item} ${condition}`)] : [];
  });
  return [
    todo(
      'KAKAO_SCOPE',
      `every item must be set under [카카오 로그인] > [동의항목], or Kakao refuses everybody with KOE205`,
    ),
    ...conditions,
    ...unknown.map((item) => doubtful('KAKAO_SCOPE', `${item} is no consent item that this app knows`)),
  ];
}

/** The addresses that the console of Kakao has to know, letter by letter. */
function toRegister({ kakao, origin }: Env): Finding[] {
  const webhooks = `${origin}/api/webhooks/kakao`;
  const reachable = origin.startsWith('https:') && !isLoopback(origin);
  const notYet = reachable ? '' : ' (Kakao calls https addresses on the internet only)';
  return [
    todo('register', `redirect URI, [앱] > [플랫폼 키] > [REST API 키]: ${kakao.redirectUri}`),
    todo('register', `logout redirect URI, [카카오 로그인] > [고급]: ${origin}/login`),
    ...(kakao.adminKey
      ? [todo('register', `unlink webhook, [앱] > [웹훅]: ${webhooks}/unlink${notYet}`)]
      : []),
    todo('register', `account state webhook, [앱] > [웹훅]: ${webhooks}/account-state${notYet}`),
  ];
}
