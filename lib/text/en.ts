import { isolate } from './format';
import type { Text } from './ko';

/** Every English sentence that a person reads. */
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
      // The code was refused: KOE320 and every other invalid_grant.
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
  consent: {
    heading: 'What Kakao shares',
    lead: 'You agreed to these on Kakao’s consent screen. You can take optional ones back, or agree again, at any time.',
    names: {
      openid: 'Login information',
      profile_nickname: 'Nickname',
      profile_image: 'Profile picture',
      account_email: 'Kakao Account (e-mail)',
      name: 'Name',
      gender: 'Gender',
      age_range: 'Age range',
      birthday: 'Birthday',
      birthyear: 'Year of birth',
      phone_number: 'Kakao Account (phone number)',
      shipping_address: 'Shipping addresses',
      friends: 'Friends in Kakao services',
      talk_message: 'Sending KakaoTalk messages',
    },
    required: 'Agreed · required',
    agreed: 'Agreed',
    notAgreed: 'Not agreed',
    unused: 'No longer used by this service',
    withdraw: (name: string) => `Withdraw consent to ${name}`,
    agree: (name: string) => `Agree to ${name}`,
    withdrawShort: 'Withdraw',
    agreeShort: 'Agree',
    none: 'This service uses no consent items.',
    unavailable:
      'Your consents cannot be read from Kakao right now. Open this page again in a moment. You stay logged in.',
    noCredential:
      'You find your consents in KakaoTalk: Settings > Kakao Account > Manage connected services.',
    outcomes: {
      withdrawn: 'Your consent is withdrawn, and the information is erased here.',
      required:
        'This item is required and cannot be withdrawn. If you no longer want to share it, close your account.',
      not_agreed: 'You had not agreed to this item.',
      no_credential: 'This cannot be withdrawn here. Use "Manage connected services" in KakaoTalk.',
      unavailable: 'Kakao did not answer, so nothing was changed. Please try again in a moment.',
      too_many_requests: 'Too many requests, so nothing was changed. Please try again in a minute.',
    },
    title: 'One more consent',
    requestLead:
      'This feature needs your consent to the items below, given at Kakao. Everything else works without it.',
    later: 'Not now',
    request: 'Agree at Kakao',
  },
  personalData: {
    heading: 'Download your data',
    lead: 'A file with everything this service holds about you: profile, devices, activity and consents.',
    json: 'JSON file',
    csv: 'CSV file (for spreadsheets)',
  },
  leave: {
    heading: 'Leave this service',
    lead: 'Erases your account here and cuts the link with Kakao.',
    open: 'See what leaving means',
    title: 'Leave this service',
    who: (name) => `You are about to erase the account of ${isolate(name)}. Please read this first.`,
    erased: 'Erased at once',
    erasedItems: [
      'Your profile: nickname, picture, e-mail and Kakao id',
      'Your logins: you are logged out on every device, and the records are erased',
      'The link with Kakao: everything you agreed to is taken back',
    ],
    kept: 'Kept, and why',
    keptItems: [
      'Your Kakao id alone, to cut the link with, until Kakao has confirmed that',
      'If the account is blocked: a keyed hash of your Kakao id, to recognise it should you come back, until the block is lifted',
      'The id and time of each message Kakao sent us, for 90 days, so that none is acted on twice. Whom it was about is erased',
    ],
    comeBack:
      'If you log in again later, you start with a new, empty account. What is erased cannot be restored.',
    continue: 'Go on leaving',
    stay: 'Do not leave',
    confirmTitle: 'Do you really want to leave?',
    confirmBody: (name) => `The account of ${isolate(name)} will be erased right now. This cannot be undone.`,
    confirm: 'Leave now',
    loginTitle: 'Please log in once more',
    loginBody:
      'Log in with Kakao again, so that nobody else can do this, and you come back to this page. If KakaoTalk keeps showing it, open this site in another browser.',
    goodbyeTitle: 'You have left',
    goodbyeBody: 'Everything this service knew about you is erased. Thank you for having been here.',
    goodbyeStates: {
      unlinked: 'The link with Kakao is cut too.',
      waiting:
        'Kakao does not answer right now, so the link is still there. We will cut it as soon as Kakao answers; there is nothing left for you to do.',
      no_admin_key:
        'We could not cut the link with Kakao right away. You can do it in KakaoTalk: Settings > Kakao Account > Manage connected services.',
    },
  },
  sessions: {
    heading: 'Where you are logged in',
    lead: 'If you do not know a device, log it out now, and change the password of your Kakao Account too.',
    deviceNames: { KakaoTalk: 'KakaoTalk', Naver: 'Naver', Daum: 'Daum', App: 'App' },
    unknownDevice: 'Unknown device',
    current: 'This device',
    lastSeen: 'Last active',
    signedIn: 'Logged in',
    until: 'Ends by',
    end: (device) => `Log out ${isolate(device)}`,
    endShort: 'Log out',
    endOthers: 'Log out all other devices',
    only: 'You are logged in on this device only.',
    more: (count) => `Show ${count} more`,
    outcomes: {
      ended: 'That device is logged out. At its next step it will see the login page.',
      others_ended: 'All devices but this one are logged out.',
      not_found: 'That device was logged out already. Nothing has changed.',
    },
  },
  history: {
    heading: 'Security history',
    lead: 'What happened to your account within the last year.',
    none: 'Nothing yet.',
    more: (count) => `Show ${count} more`,
    all: 'See the whole history',
    pages: {
      title: (page) => `Security history, page ${page}`,
      name: 'Pages of the security history',
      newer: 'Newer',
      older: 'Older',
      end: 'There are no older entries.',
      back: 'Back to your account',
    },
    login: 'You logged in',
    new_device: 'You logged in on a new device',
    session_ended: (device) => `You logged out ${isolate(device)}`,
    sessions_ended: 'You logged out all other devices',
    logged_out: {
      here: 'You logged out',
      everywhere: 'You logged out on all devices',
      with_kakao: 'You logged out together with your Kakao Account',
    },
    consent_added: (item) => `You agreed to share “${item}”`,
    consent_withdrawn: (item) => `You stopped sharing “${item}”`,
    tokens_purged: 'The Kakao tokens kept here were erased',
    export: 'You downloaded your data',
    blocked: 'The operator blocked this account',
    unblocked: 'The operator lifted the block',
    kakao_event: {
      'tokens-revoked': 'Your Kakao Account took back this service’s access',
      'sessions-revoked': 'Your Kakao Account was logged out on all devices',
      'credential-compromise': 'Kakao warned that your password may have leaked',
      'credential-change': 'The password or another way to log in to your Kakao Account changed',
      'account-disabled': 'Your Kakao Account was suspended',
      'account-enabled': 'Your Kakao Account can be used again',
    },
    otherKakaoEvent: 'Kakao told us that your Kakao Account has changed',
    effects: {
      end_sessions: 'You were logged out on all devices.',
      block: 'Logging in is blocked, and you were logged out on all devices.',
      unblock: 'You can log in again.',
      none: 'Nothing changed here.',
    },
  },
  plain: {
    supportCode: 'Support code',
    failed: {
      title: 'Something went wrong',
      body: 'This page could not be shown. Please try again in a moment.',
    },
    refused: {
      title: 'That did not work',
      body: 'Nothing has changed. Please try again from a page of this service.',
    },
    unavailable: {
      title: 'Please try again in a moment',
      body: 'The service has a temporary problem and could not do that. Nothing has changed.',
    },
  },
  notFound: {
    title: 'Page not found',
    body: 'This page has moved or no longer exists. Please check the address.',
  },
};
