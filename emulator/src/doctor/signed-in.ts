import type { Browser } from './browser.ts';
import type { Cookie } from './cookie-jar.ts';
import { freshBrowser, logIn, type Patient, whoIs } from './patient.ts';

/** A browser in which this person, or Ada, has logged in. */
export async function signedInBrowser(patient: Patient, person = patient.ada): Promise<Browser> {
  const browser = freshBrowser(patient);
  await logIn(patient, browser, person);
  return browser;
}

/** The cookies of a signed-in browser without which nobody is signed in; all of them if none is needed alone. */
export async function sessionCookies(
  patient: Patient,
  person = patient.ada,
): Promise<ReadonlyMap<string, Cookie>> {
  const { cookies } = await signedInBrowser(patient, person);
  const needed = new Map<string, Cookie>();
  for (const [name, cookie] of cookies) {
    const without = new Map(cookies);
    without.delete(name);
    if ((await whoIs(patient, freshBrowser(patient, without))).kind === 'nobody') needed.set(name, cookie);
  }
  return needed.size > 0 ? needed : cookies;
}
