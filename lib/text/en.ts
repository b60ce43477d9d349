import { consentEn } from './consent';
import { isolate } from './format';
import { historyEn } from './history';
import type { Text } from './ko';
import { leaveEn } from './leave';
import { personalDataEn } from './personal-data';
import { sessionsEn } from './sessions';

/** Every English sentence a person reads. */
export const en: Text = {
  site: {
    name: 'Login Starter',
    tagline: 'Start with your Kakao Account',
    description: 'A service you can sign in to with your Kakao Account.',
    skipToContent: 'Skip to content',
    account: 'My account',
    login: 'Log in',
    home: 'Go to the start page',
  },
  localKakao: {
    name: 'Local Kakao',
    note: 'Connected to a stand-in for Kakao, for development. No real Kakao Account is used.',
  },
  home: {
    title: 'Log in simply, with Kakao',
    lead: 'No new password to make up. Start right away with the Kakao Account you already have.',
    features: [
      {
        title: 'No password here',
        body: 'You log in at Kakao. Your Kakao password is never passed to this service.',
      },
      {
        title: 'Only what you agree to',
        body: 'We show your nickname, picture and email only if you allowed them on Kakao’s consent screen.',
      },
      {
        title: 'Log out whenever you like',
        body: 'On this device only, or on every device where you are logged in, all at once.',
      },
    ],
    signedIn: (name) => `You are logged in as ${isolate(name)}.`,
    goToAccount: 'See my account',
  },
  login: {
    title: 'Log in',
    lead: 'Log in with your Kakao Account to continue.',
    kakaoButton: 'Login with Kakao',
    anotherAccount: 'Use another account',
    signedIn: (name) => `You are already logged in as ${isolate(name)}.`,
    continue: 'Continue',
    switchHint: 'To use another Kakao Account, log in again below.',
    errorTitle: (title) => `Error: ${title}`,
    supportCode: 'Support code',
    failures: {
      cancelled: {
        title: 'You cancelled the login',
        happened: 'You chose to cancel at Kakao, so you were not logged in.',
        todo: 'You can log in again whenever you like.',
      },
      expired: {
        title: 'Please start the login again',
        happened:
          'This login was started too long ago, or in another app or browser, such as KakaoTalk. To keep you safe it can only be finished where it began.',
        todo: 'The button below starts again here, and takes you where you were going.',
      },
      kakao_rejected: {
        title: 'Kakao could not confirm the login',
        happened: 'The one-time login code from Kakao had already been used or was no longer valid.',
        todo: 'Use the button below to log in again.',
      },
      kakao_unavailable: {
        title: 'Kakao is not responding right now',
        happened: 'Kakao has a problem or is very busy, so the login could not be completed.',
        todo: 'Please try again in a little while.',
      },
      misconfigured: {
        title: 'Kakao Login is not available right now',
        happened: 'This is not your fault: the Kakao Login settings of this service are wrong.',
        todo: 'Try again later, and if it keeps failing, give the support code below to the people who run this service.',
      },
      under_14: {
        title: 'This service is for people aged 14 and over',
        happened: 'Kakao could not confirm that you are at least 14, so you were not logged in.',
        todo: 'Come back once you are 14, or use another Kakao Account whose owner is 14 or over.',
      },
      blocked: {
        title: 'This account is restricted',
        happened: 'This service does not currently allow this account to log in.',
        todo: 'To find out why, contact the people who run this service and give them the support code below.',
      },
      too_many_requests: {
        title: 'Too many login attempts',
        happened: 'There were many attempts in a short time, so logging in is paused for a moment.',
        todo: 'Please wait about a minute, then try again.',
      },
      unexpected: {
        title: 'The login could not be completed',
        happened: 'Something unexpected went wrong, so the login was safely stopped.',
        todo: 'Please try again, and if it keeps failing, give the support code below to the people who run this service.',
      },
    },
  },
  account: {
    title: 'My account',
    profile: 'Profile',
    details: 'Membership',
    noNickname: 'No nickname',
    picture: (name) => `Profile picture of ${isolate(name)}`,
    email: 'Email',
    noEmail: 'You did not agree to share your email, or your Kakao Account has no verified email.',
    memberSince: 'Member since',
    lastLogin: 'Last login',
    kakaoId: 'Member number',
  },
  logout: {
    title: 'Log out',
    here: 'Log out on this device',
    hereHint: 'Logs you out in this browser only. You stay logged in to your Kakao Account.',
    withKakao: 'Log out together with Kakao Account',
    withKakaoHint:
      'Logs you out here, and then of your Kakao Account in this browser, on a page of Kakao’s. The safer choice on a shared computer.',
    everywhere: 'Log out on all devices',
    everywhereHint:
      'Logs you out in every browser and app where you are logged in to this service. Your Kakao Account stays as it is.',
    returned: 'You are logged out of this service and of your Kakao Account',
    returnedHint:
      'If you chose to log out of this service only on Kakao’s page, your Kakao Account is still logged in in this browser.',
  },
  consent: consentEn,
  personalData: personalDataEn,
  leave: leaveEn,
  sessions: sessionsEn,
  history: historyEn,
  notFound: {
    title: 'Page not found',
    body: 'This page has moved or no longer exists. Please check the address.',
  },
};
