import { admit } from './admit.ts';
import { accountStateWebhookCases } from './cases/account-state-webhook.ts';
import { apiCases } from './cases/api.ts';
import { authorizeErrorCases } from './cases/authorize-errors.ts';
import { authorizeRequestCases } from './cases/authorize-request.ts';
import { callbackCases } from './cases/callback.ts';
import { failingKakaoCases } from './cases/failing-kakao.ts';
import { idTokenCases, keyRotationCases } from './cases/id-token.ts';
import { loginCsrfCases } from './cases/login-csrf.ts';
import { logoutCases } from './cases/logout.ts';
import { openRedirectCases } from './cases/open-redirect.ts';
import { profileCases } from './cases/profile.ts';
import { secretCases } from './cases/secrets.ts';
import { sessionCases } from './cases/session.ts';
import { unlinkWebhookCases } from './cases/unlink-webhook.ts';
import type { DoctorOptions } from './command-line.ts';
import { DoctorError } from './kakao.ts';
import { freshBrowser, logIn, type Patient } from './patient.ts';
import { loginProblem } from './symptoms.ts';
import { type Case, type Finding, finding, type Group } from './verdict.ts';

/** Every case, in the order in which they run. */
const allCases: readonly Group[] = [
  { name: 'What the app asks of Kakao', cases: authorizeRequestCases },
  { name: 'Logins of somebody else', cases: loginCsrfCases },
  { name: 'The callback', cases: callbackCases },
  { name: 'Kakao says no', cases: authorizeErrorCases },
  { name: 'ID tokens', cases: idTokenCases },
  { name: 'People', cases: profileCases },
  { name: 'Open redirects', cases: openRedirectCases },
  { name: 'The session', cases: sessionCases },
  { name: 'Logging out', cases: logoutCases },
  { name: 'Tokens in the Authorization header', cases: apiCases },
  { name: 'Unlink webhook', cases: unlinkWebhookCases },
  { name: 'Account-state webhook', cases: accountStateWebhookCases },
  { name: 'Kakao fails', cases: failingKakaoCases },
  { name: 'Kakao’s keys', cases: keyRotationCases },
  { name: 'Secrets', cases: secretCases },
];

/** The result of one case. */
export interface Result extends Omit<Case, 'run'>, Omit<Finding, 'kind'> {
  readonly group: string;
}

/** The results of all cases. */
export interface Report {
  readonly app: string;
  readonly kakao: string;
  /** How a login begins, and what tells who is signed in, as it was found. */
  readonly login: string;
  readonly me: string;
  readonly seconds: number;
  readonly summary: { readonly pass: number; readonly fail: number; readonly notApplicable: number };
  readonly cases: readonly Result[];
}

/** Drives an app through every case; rejects with `DoctorError` when not even a plain login can be seen to work. */
export async function examine(
  options: DoctorOptions,
  onResult: (result: Result) => void = () => {},
): Promise<Report> {
  const started = performance.now();
  const patient = await admit(options);
  const cases = await runAll(patient, onResult);
  const count = (verdict: Finding['verdict']) => cases.filter((result) => result.verdict === verdict).length;
  return {
    app: options.url,
    kakao: options.kakaoUrl,
    login: entranceInWords(patient),
    me: patient.probe.url,
    seconds: Math.round((performance.now() - started) / 100) / 10,
    summary: { pass: count('pass'), fail: count('fail'), notApplicable: count('not applicable') },
    cases,
  };
}

async function runAll(patient: Patient, onResult: (result: Result) => void): Promise<Result[]> {
  const results: Result[] = [];
  const note = (result: Result) => {
    results.push(result);
    onResult(result);
  };
  for (const { name, cases } of allCases) {
    const wanted = cases.filter(({ id }) => isWanted(id, patient.options));
    for (const one of wanted) note(await resultOf(one, name, patient));
    const after = wanted.length > 0 ? await resultOf(plainLogin, name, patient) : null;
    if (after?.verdict !== 'fail') continue;
    note(after);
    break;
  }
  return results;
}

/** Runs after every group and is reported only if it fails: an app that lets nobody in passes every refusal. */
const plainLogin: Case = {
  id: 'still-works',
  title: 'A plain login after all this',
  kind: 'broken',
  why: 'An app that lets nobody in any more would pass all other cases; so the examination ends here.',
  mend: 'If the app limits logins, lift the limit for the examination; otherwise one of the cases above has broken it.',
  run: async (patient) => {
    const browser = freshBrowser(patient);
    const { visit } = await logIn(patient, browser, patient.ada);
    const problem = await loginProblem(patient, browser, visit, patient.ada);
    return finding('a plain login of Ada', problem, 'Ada was signed in');
  },
};

function isWanted(id: string, { only = [] }: DoctorOptions): boolean {
  return only.length === 0 || only.some((prefix) => id.startsWith(prefix));
}

async function resultOf(one: Case, group: string, patient: Patient): Promise<Result> {
  const { run: _run, ...about } = one;
  return { group, ...about, ...(await findingOf(one, patient)) };
}

/** A case fails when the app stops working in the middle of it. */
async function findingOf({ run }: Case, patient: Patient): Promise<Finding> {
  try {
    return await run(patient);
  } catch (error) {
    if (error instanceof DoctorError) return { verdict: 'fail', sent: 'a login', seen: error.message };
    throw error;
  }
}

function entranceInWords({ entrance: { page, press } }: Patient): string {
  return press ? `${press.kind} ${press.method} ${press.path} on ${page}` : page;
}
