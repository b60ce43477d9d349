import type { Browser, Visit } from './browser.ts';
import type { Person } from './kakao.ts';
import { showsStackTrace } from './leaks.ts';
import { describe, freshBrowser, logIn, type Patient, whoIs } from './patient.ts';
import type { Who } from './probe.ts';
import { type Finding, finding, notApplicable, type Wrong } from './verdict.ts';

/** Statuses by which an app reports a failure of Kakao on purpose. */
const deliberate = new Set([502, 503, 504]);

/** What makes a visit a crash: no answer, an unintended server error, a redirect loop, a stack trace. */
export function crashOf(visit: Visit): Wrong | null {
  const crash = crashInWords(visit);
  return crash === null ? null : { crash };
}

function crashInWords(visit: Visit): string | null {
  const { final, leftTo, looped } = visit;
  if (looped) return 'the browser was redirected in a circle';
  if (leftTo !== null) return null;
  if (final.failure) return `no answer came: ${final.failure}`;
  if (final.status >= 500 && !deliberate.has(final.status)) return `it crashed: ${describe(visit)}`;
  return showsStackTrace(final) ? `a stack trace was shown at ${describe(visit)}` : null;
}

/** What is wrong with a login that had to be refused: a crash, or somebody was signed in. */
export async function refusalProblem(
  patient: Patient,
  browser: Browser,
  visit: Visit,
  ...others: readonly Person[]
): Promise<Wrong | null> {
  const who = await whoIs(patient, browser, ...others);
  if (who.kind === 'somebody') return `the browser was signed in as ${nameOf(patient, who)}`;
  return crashOf(visit);
}

/** What is wrong with a login that had to work: a crash, or nobody or somebody else was signed in. */
export async function loginProblem(
  patient: Patient,
  browser: Browser,
  visit: Visit,
  person: Person,
): Promise<Wrong | null> {
  const crash = crashOf(visit);
  if (crash) return crash;
  const who = await whoIs(patient, browser, person);
  if (who.kind === 'nobody') {
    const { probe, landing } = patient;
    const cannotTell = probe.signedIn === probe.signedOut && describe(visit) === landing;
    return cannotTell ? null : `nobody was signed in: ${describe(visit)}`;
  }
  const isOther = who.person !== null && who.person.id !== person.id;
  return isOther ? `the browser was signed in as ${nameOf(patient, who)}, somebody else` : null;
}

/** Whether the browser still belongs to this person. */
export function isStill(who: Who, person: Person): boolean {
  return who.kind === 'somebody' && (who.person === null || who.person.id === person.id);
}

/** Who that is, in words. */
export function nameOf({ ada, ben }: Pick<Patient, 'ada' | 'ben'>, who: Who): string {
  if (who.kind === 'nobody') return 'nobody';
  if (who.person?.id === ada.id) return 'Ada';
  if (who.person?.id === ben.id) return 'Ben';
  return who.person ? `user ${who.person.id}` : 'somebody';
}

/** Both log in, each in their own browser; by name and by id the app must still tell them apart. */
export async function stayTwoPeople(
  patient: Patient,
  one: Person,
  other: Person,
  what: string,
): Promise<Finding> {
  if (!patient.probe.names)
    return notApplicable('nothing tells people apart: name an endpoint with --me PATH');
  const [first, second] = [freshBrowser(patient), freshBrowser(patient)];
  await logIn(patient, first, one);
  await logIn(patient, second, other);
  let wrong: string | null = null;
  for (const by of [byName, byId]) {
    const [whoOne, whoOther] = [
      await whoIs(patient, first, by(one), by(other)),
      await whoIs(patient, second, by(other), by(one)),
    ];
    if (!isStill(whoOne, by(one))) wrong ??= `the first person is now ${nameOf(patient, whoOne)}`;
    if (!isStill(whoOther, by(other)))
      wrong ??= `the second person was taken for ${nameOf(patient, whoOther)}`;
  }
  return finding(`logins of ${what}`, wrong, 'they stayed two people');
}

/** Somebody who is known by the nickname alone. */
function byName(person: Person): Person {
  return { id: person.nickname ?? person.id, nickname: null, email: null };
}

/** Somebody who is known by the id alone. */
function byId({ id }: Person): Person {
  return { id, nickname: null, email: null };
}
