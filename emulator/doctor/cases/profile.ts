import type { User } from '../../src/client.ts';
import type { Browser, Visit } from '../browser.ts';
import { arrive, begin, decide, freshBrowser, logIn, type Patient } from '../patient.ts';
import { crashOf, loginProblem, stayTwoPeople } from '../symptoms.ts';
import { type Case, type Finding, finding, notApplicable } from '../verdict.ts';

const absent =
  'A consent item that is off, declined or empty is absent from the answer (Kakao: rest-api, user information; consent items).';
const absentMend =
  'Take id alone as given. Treat kakao_account, profile, nickname and email as optional, and store null.';

/** Users whose profile is an edge case. */
export const profileCases: readonly Case[] = [
  {
    id: 'no-nickname',
    title: 'A person without nickname',
    kind: 'broken',
    why: absent,
    mend: absentMend,
    run: (patient) => signedInAnyway(patient, 'no nickname', { nickname: null }),
  },
  {
    id: 'no-email',
    title: 'A person without e-mail',
    kind: 'broken',
    why: absent,
    mend: absentMend,
    run: (patient) => signedInAnyway(patient, 'no e-mail', { email: null }),
  },
  {
    id: 'no-account',
    title: 'A person without kakao_account',
    kind: 'broken',
    why: absent,
    mend: absentMend,
    run: async (patient) => {
      const person = await patient.kakao.person('Bare');
      const browser = freshBrowser(patient);
      const body = `{"id":${person.id},"connected_at":"2026-03-02T04:11:52Z"}`;
      const callback = await decide(patient, await begin(patient, browser), person);
      const visit = await patient.kakao.during('/v2/user/me', { body }, () => arrive(browser, callback));
      return finding(
        'an answer of id and connected_at alone',
        await loginProblem(patient, browser, visit, person),
        'signed in',
      );
    },
  },
  {
    id: 'long-nickname',
    title: 'A nickname of 1,000 characters',
    kind: 'broken',
    why: 'A column that is too short turns an odd name into an error of the server.',
    mend: 'Cut names to what the column holds, by characters and not by bytes.',
    run: (patient) =>
      signedInAnyway(patient, 'a nickname of 1,000 characters', {
        nickname: '가나다라마바사아자차'.repeat(100),
      }),
  },
  {
    id: 'nickname-escaped',
    title: 'A nickname of markup',
    kind: 'vulnerable',
    why: 'People choose their nickname; unescaped it runs in the browser of everybody who sees it (OWASP: stored XSS).',
    mend: 'Let the template engine escape it; never put it into HTML, scripts or attributes by hand.',
    run: nicknameEscaped,
  },
  {
    id: 'nickname-control-characters',
    title: 'A nickname of control and direction characters',
    kind: 'broken',
    why: 'NUL breaks databases, U+202E turns the rest of the line around (Unicode UAX #9; UTS #36 on spoofing).',
    mend: 'Remove control characters when the name is stored; put names into <bdi> when they are shown.',
    run: nicknameControls,
  },
  {
    id: 'masked-email',
    title: 'A masked e-mail (is_email_valid: false)',
    kind: 'broken',
    why: 'An expired address comes as ka***@kakao.com; two people can have the same one, and mail to it goes nowhere (Kakao DevTalk 140835).',
    mend: 'Keep the e-mail only if is_email_valid and is_email_verified are both true.',
    run: (patient) => emailShown(patient, { isEmailValid: false }),
  },
  {
    id: 'unverified-email',
    title: 'An e-mail that is not verified (is_email_verified: false)',
    kind: 'vulnerable',
    why: 'Nobody has shown that the address is theirs (Kakao: rest-api, is_email_verified; OpenID Connect Core 5.7).',
    mend: 'Keep the e-mail only if is_email_valid and is_email_verified are both true.',
    run: (patient) => emailShown(patient, { isEmailVerified: false }),
  },
  {
    id: 'same-email',
    title: 'Two people with one e-mail',
    kind: 'vulnerable',
    why: 'An app that finds people by e-mail hands an account to whoever writes that address into theirs (OpenID Connect Core 5.7: only iss and sub identify).',
    mend: 'Find people by Kakao’s id alone; the e-mail is an attribute.',
    run: async (patient) => {
      const owner = await patient.kakao.person('Owner');
      const other = await patient.kakao.person('Other', { email: owner.email, isEmailVerified: false });
      return stayTwoPeople(
        patient,
        { ...owner, email: null },
        { ...other, email: null },
        'two people with one e-mail',
      );
    },
  },
  {
    id: 'big-ids',
    title: 'Two ids beyond 2^53 that differ by one',
    kind: 'vulnerable',
    why: 'Ids are 64-bit; JSON.parse rounds 9007199254740993 to …992, and two people become one (Kakao: data type Long; RFC 8259 6).',
    mend: 'Read id as text or BigInt (before JSON.parse rounds it) and store it as text or BIGINT.',
    run: bigIds,
  },
];

async function signedInAnyway(patient: Patient, what: string, differences: Partial<User>): Promise<Finding> {
  const { person, browser, visit } = await newcomer(patient, differences);
  return finding(
    `a login of a person with ${what}`,
    await loginProblem(patient, browser, visit, person),
    'signed in',
  );
}

async function newcomer(patient: Patient, differences: Partial<User>) {
  const person = await patient.kakao.person('Odd', differences);
  const browser = freshBrowser(patient);
  const { visit } = await logIn(patient, browser, person);
  return { person, browser, visit };
}

/** The pages that may show a person's profile. */
async function pagesOf(patient: Patient, browser: Browser, landing: Visit): Promise<Visit[]> {
  const { probe, entrance, options } = patient;
  const urls = [...new Set([probe.url, entrance.page, options.url])];
  return [landing, ...(await Promise.all(urls.map((url) => browser.visit(url))))];
}

async function nicknameEscaped(patient: Patient): Promise<Finding> {
  const nickname = '<img src=x onerror=alert(53)>';
  const { browser, visit } = await newcomer(patient, { nickname });
  const pages = await pagesOf(patient, browser, visit);
  const html = pages.filter(({ final }) => /html/.test(final.headers['content-type'] ?? ''));
  const bad = html.find(({ final }) => final.text.includes(nickname));
  const wrong = bad ? `it is on ${new URL(bad.final.url).pathname} as markup` : crashOf(visit);
  return finding(`a login of a person named ${nickname}`, wrong, 'no page has it as markup');
}

async function nicknameControls(patient: Patient): Promise<Finding> {
  const { person, browser, visit } = await newcomer(patient, {
    nickname: 'nul\u0000bell\u0007turn\u202eend',
  });
  const pages = await pagesOf(patient, browser, visit);
  const raw = pages.find(({ final }) => showsControls(final.text));
  const wrong =
    (await loginProblem(patient, browser, visit, person)) ??
    (raw ? `they are on ${new URL(raw.final.url).pathname} as they came` : null);
  return finding(
    'a login of a person with NUL, BEL and U+202E in the name',
    wrong,
    'signed in; they are on no page',
  );
}

/** NUL and BEL are always wrong; U+202E is harmless within `<bdi>`. */
function showsControls(text: string): boolean {
  if (text.includes('\u0000') || text.includes('\u0007')) return true;
  return text.includes('turn\u202eend') && !text.includes('<bdi');
}

async function emailShown(patient: Patient, differences: Partial<User>): Promise<Finding> {
  const usual = freshBrowser(patient);
  const ada = await logIn(patient, usual, patient.ada);
  const shows = (pages: readonly Visit[], text: string) =>
    pages.some(({ final }) => final.text.includes(text));
  if (!shows(await pagesOf(patient, usual, ada.visit), patient.ada.email ?? ''))
    return notApplicable('no page shows an e-mail that is valid and verified either');
  const { person, browser, visit } = await newcomer(patient, differences);
  const pages = await pagesOf(patient, browser, visit);
  const email = person.email ?? '';
  const masked = email.replace(/^(.{0,2})[^@]*/, '$1***');
  const wrong =
    crashOf(visit) ??
    (shows(pages, email) || shows(pages, masked) ? 'it is shown as the person’s e-mail' : null);
  return finding(`a login of a person with ${JSON.stringify(differences)}`, wrong, 'it is shown nowhere');
}

async function bigIds(patient: Patient): Promise<Finding> {
  const even = 2n ** 53n + 4n * BigInt(Math.floor(Math.random() * 2 ** 40));
  const one = await patient.kakao.person('Even', { id: String(even), email: null });
  const other = await patient.kakao.person('Odd', { id: String(even + 1n), email: null });
  return stayTwoPeople(patient, one, other, `people with the ids ${one.id} and ${other.id}`);
}
