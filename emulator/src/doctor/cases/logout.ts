import { pressLogout } from '../logout.ts';
import { freshBrowser, whoIs } from '../patient.ts';
import { signedInBrowser } from '../signed-in.ts';
import { nameOf } from '../symptoms.ts';
import { type Case, judge, notApplicable } from '../verdict.ts';

/** What is left of a session after logging out. */
export const logoutCases: readonly Case[] = [
  {
    id: 'logout-signs-out',
    title: 'Logging out ends the session in this browser',
    kind: 'broken',
    why: 'The next person at the computer is somebody else.',
    mend: 'Remove the session cookie with the same name, path and domain.',
    run: async (patient) => {
      const browser = await signedInBrowser(patient);
      if ((await pressLogout(patient, browser)) === null)
        return notApplicable('no logout was found: name it with --logout PATH');
      const who = await whoIs(patient, browser);
      return judge(
        'Ada logs out',
        who.kind === 'nobody' ? null : `the browser is still ${nameOf(patient, who)}’s`,
        'nobody is signed in',
      );
    },
  },
  {
    id: 'logout-on-server',
    title: 'A cookie from before the logout',
    kind: 'vulnerable',
    why: 'Logging out must end the session where it lives; a copied cookie would go on for ever (ASVS 5.0, 7.4.1).',
    mend: 'Keep sessions (or a list of ended ones) on the server and end them there.',
    run: async (patient) => {
      const browser = await signedInBrowser(patient);
      const copy = new Map(browser.cookies);
      if ((await pressLogout(patient, browser)) === null)
        return notApplicable('no logout was found: name it with --logout PATH');
      const who = await whoIs(patient, freshBrowser(patient, copy));
      return judge(
        'the cookies from before Ada’s logout',
        who.kind === 'nobody' ? null : 'they still work',
        'they are refused',
      );
    },
  },
];
