import { isolate } from './format';
import type { Text } from './ko';

/** Every English sentence that a person reads. */
export const en: Text = {
  site: {
    name: 'Login Starter',
    title: (name) => `${name} · Start with your Kakao Account`,
    description: 'Use it right away, with the Kakao Account you have.',
    skipToContent: 'Skip to content',
    account: 'My account',
    menu: (name) => `Menu of ${isolate(name)}`,
    logout: 'Log out',
    login: 'Log in',
    home: 'Home',
  },
  localKakao: {
    name: 'Local Kakao',
    note: 'Connected to a stand-in for Kakao, for development. No real Kakao Account is used.',
    open: 'Open the local Kakao',
  },
  home: {
    welcome: (service) => `Welcome to ${service}`,
    hello: (name) => `Hello, ${isolate(name)}`,
    start: 'Get started',
    account: 'My account',
    hint: 'This page is app/page.tsx. Put your service here.',
  },
  login: {
    title: 'Log in',
    lead: 'Log in with your Kakao Account to continue.',
    kakaoButton: 'Login with Kakao',
    kakaoSyncButton: 'Start with Kakao',
    busy: 'Going to Kakao…',
    recent: 'Last used',
    anotherAccount: 'Use another account',
    continueAs: (name) => `Continue as ${isolate(name)}`,
    switchHint: 'To use another Kakao Account, log in again below.',
    terms: 'Terms of use',
    privacy: 'Privacy policy',
    support: 'Support',
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
          'This login was started too long ago, is finished already, or was started in another app or browser, such as KakaoTalk. To keep you safe it can be finished only once, and only where it began.',
        todo: 'The button below starts again here, and takes you where you were going.',
      },
      kakao_rejected: {
        title: 'Kakao could not confirm the login',
        happened:
          'The one-time login code from Kakao had already been used, or cannot be used for this login any more.',
        todo: 'Use the button below to log in again.',
      },
      kakao_unavailable: {
        title: 'Kakao cannot be reached properly right now',
        happened: 'Kakao did not answer in time or has a temporary problem. This is not your fault.',
        todo: 'Please try again in a little while.',
      },
      misconfigured: {
        title: 'Kakao Login is not available right now',
        happened: 'This is not your fault: the Kakao Login settings of this service are wrong.',
        todo: 'Try again later, and if it keeps failing, contact support.',
      },
      under_14: {
        title: 'We could not confirm that you are 14 or over',
        happened:
          'Kakao stopped the login: this service does not admit people under 14, or a guardian’s consent is missing.',
        todo: 'If you are 14 or over, check the date of birth of your Kakao Account and try again. If not, come back once you are 14.',
      },
      blocked: {
        title: 'This account is restricted',
        happened: 'This service does not currently allow this account to log in.',
        todo: 'To find out why, contact support.',
      },
      too_many_requests: {
        title: 'Too many login attempts',
        happened:
          'There were too many attempts in a short time, on this service or from your network, so logging in is paused for a moment.',
        todo: 'Please wait about a minute, then try again.',
      },
      unexpected: {
        title: 'The login could not be completed',
        happened: 'Something unexpected went wrong, so the login was safely stopped. This is not your fault.',
        todo: 'Please try again, and if it keeps failing, contact support.',
      },
    },
    causes: {
      token_unknown: {
        title: 'Kakao ended the login',
        happened:
          'Kakao ended this login before it was completed. You may have logged out or disconnected at Kakao in the meantime.',
        todo: 'Use the button below to log in again, and if it keeps failing, contact support.',
      },
      not_linked: {
        title: 'You are not connected with Kakao',
        happened:
          'This Kakao Account is not connected to this service yet, or was disconnected while you were logging in.',
        todo: 'Use the button below to connect it again, and if it keeps failing, contact support.',
      },
      account_unusable: {
        title: 'You cannot log in with this Kakao Account',
        happened: 'Kakao told us that this Kakao Account is dormant or was closed.',
        todo: 'Check the account at Kakao, or log in with another Kakao Account.',
      },
      account_restricted: {
        title: 'Kakao has restricted this account',
        happened:
          'Your Kakao Account is restricted, so the login could not be completed. This service did not restrict it.',
        todo: 'Ask Kakao’s customer service for the reason, or log in with another Kakao Account.',
      },
      consent_missing: {
        title: 'A consent that is needed is missing',
        happened: 'Kakao told us that this account has not agreed to share information that the login needs.',
        todo: 'Please log in again, and if Kakao does not ask for your consent, contact support.',
      },
      unverifiable: {
        title: 'What Kakao sent could not be verified',
        happened:
          'The login information from Kakao could not be verified, so the login was safely stopped. This is not your fault.',
        todo: 'Please try again, and if it keeps failing, contact support.',
      },
      refused: {
        title: 'Kakao Login is not available right now',
        happened: 'This is not your fault: Kakao did not accept the request of this service.',
        todo: 'Try again later, and if it keeps failing, contact support.',
      },
      too_many_logins: {
        title: 'You have logged in with Kakao too often',
        happened:
          'Kakao limits how often one person can log in within a short time, and that limit has been reached.',
        todo: 'Please try again in about ten minutes, and if it keeps failing, contact support.',
      },
      busy: {
        title: 'Kakao is not taking more login requests',
        happened:
          'This service has sent more requests than Kakao allows for the moment. This is not your fault.',
        todo: 'Please try again in about ten minutes, and if it keeps failing, contact support.',
      },
      maintenance: {
        title: 'Kakao is under maintenance',
        happened: 'Kakao Login is being maintained, so the login could not be completed.',
        todo: 'Please try again when the maintenance is over.',
      },
      not_silent: {
        title: 'There is a step left at Kakao',
        happened: 'Kakao still needs you to log in or agree to something, so you were not logged in.',
        todo: 'Use the button below to go on at Kakao.',
      },
      incomplete: {
        title: 'The login did not arrive in one piece',
        happened:
          'Something was missing or wrong in the address that you came back with from Kakao, so the login was safely stopped.',
        todo: 'The button below starts again here, and takes you where you were going.',
      },
      disabled: {
        title: 'This Kakao Account is suspended',
        happened:
          'Kakao told us that it suspended this Kakao Account, so it cannot log in here. This service did not restrict it.',
        todo: 'Ask Kakao for the reason. You can log in again once the suspension is lifted. If it has been lifted already, contact support.',
      },
      withdrawn: {
        title: 'This account has been deleted meanwhile',
        happened:
          'The account was deleted after this login had begun, so this login did not create it again.',
        todo: 'To join again, use the button below to start anew.',
      },
    },
  },
  account: {
    title: 'My account',
    sections: 'On this page',
    profile: 'Profile',
    details: 'Membership',
    noNickname: 'No nickname',
    picture: (name) => `Profile picture of ${isolate(name)}`,
    email: 'Email',
    emailNotAgreed: 'You did not agree to share your email.',
    noVerifiedEmail: 'Your Kakao Account has no verified email.',
    noEmail: 'You did not agree to share your email, or your Kakao Account has no verified email.',
    memberSince: 'Member since',
    lastLogin: 'Last login',
    kakaoId: 'Kakao ID',
  },
  logout: {
    title: 'Log out',
    here: 'Log out on this device',
    hereHint: 'Logs you out in this browser only. You stay logged in to your Kakao Account.',
    withKakao: 'Log out of Kakao too',
    withKakaoHint:
      'Logs this browser out here and of your Kakao Account. The safer choice on a shared computer.',
    everywhere: 'Log out on all devices',
    outcomes: {
      here: {
        title: 'You logged out on this browser',
        hint: 'You are still logged in to your Kakao Account.',
      },
      everywhere: {
        title: 'You logged out on all devices',
        hint: 'Your Kakao Account stays logged in.',
      },
      with_kakao: {
        title: 'You logged out of this service',
        hint: 'If you chose to log out of both on Kakao’s page, you are logged out of your Kakao Account too. If you chose this service only, your Kakao Account is still logged in on this browser.',
      },
    },
  },
  consent: {
    heading: 'What Kakao shares',
    lead: 'What you agreed to at Kakao. You can withdraw what is optional at any time.',
    names: {
      openid: 'Login information',
      profile_nickname: 'Nickname',
      profile_image: 'Profile picture',
      account_email: 'Kakao Account (email)',
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
    open: 'See what Kakao shares',
    back: 'Back to your account',
    noCredential:
      'You find your consents in KakaoTalk: Settings > Kakao Account > Manage connected services.',
    outcomes: {
      withdrawn: 'Your consent is withdrawn, and we deleted that information.',
      required:
        'This item is required and cannot be withdrawn. If you no longer want to share it, delete your account.',
      not_agreed: 'You had not agreed to this item.',
      no_credential: 'This cannot be withdrawn here. Use "Manage connected services" in KakaoTalk.',
      unavailable: 'Kakao did not confirm the withdrawal. Please try again in a moment.',
      too_many_requests: 'Too many requests, so nothing was changed. Please try again in a minute.',
    },
    answers: {
      agreed: 'You agreed at Kakao.',
      declined: 'You did not agree. Nothing has changed.',
    },
    title: 'One more permission',
    requestLead:
      'This feature needs your consent to the items below, given at Kakao. Everything else works without it.',
    later: 'Not now',
    request: 'Continue to Kakao',
  },
  personalData: {
    heading: 'Download your data',
    lead: 'Everything this service holds about you: profile, devices, activity and consents.',
    json: 'JSON',
    csv: 'CSV for spreadsheets',
  },
  leave: {
    heading: 'Delete account',
    lead: 'Deletes your account here and disconnects it from Kakao.',
    open: 'Delete account…',
    title: 'Delete account',
    who: (name) => `Before the account of ${isolate(name)} is deleted, please read this.`,
    erased: 'Deleted right away',
    erasedItems: [
      'Your profile: nickname, picture, email and Kakao ID',
      'Your logins: you are logged out on every device, and the records are deleted',
      'The connection with Kakao: everything you agreed to is withdrawn',
    ],
    kept: 'Kept, and why',
    keptItems: [
      'Your Kakao ID, until Kakao confirms the disconnection',
      'If the account is blocked: a keyed hash of your Kakao ID, to recognize it should you come back, until the block is lifted',
      'The ID and time of each message from Kakao, for 90 days, so nothing is processed twice; it no longer identifies you',
    ],
    comeBack:
      'If you log in again later, you start with a new, empty account. What is deleted cannot be restored.',
    continue: 'Continue',
    stay: 'Keep my account',
    confirmTitle: 'Delete your account?',
    confirmBody: (name) =>
      `The account of ${isolate(name)} will be deleted right now. This cannot be undone.`,
    confirm: 'Delete account',
    loginTitle: 'Please log in once more',
    loginBody:
      'Log in with Kakao again, so that nobody else can do this, and you come back to this page. If KakaoTalk keeps showing it, open this site in another browser.',
    goodbyeTitle: 'Your account was deleted',
    goodbyeBody: 'Everything this service knew about you was deleted. Thanks for using our service.',
    goodbyeStates: {
      unlinked: 'We also disconnected it from Kakao.',
      waiting:
        'We couldn’t disconnect it from Kakao yet. We’ll keep trying until it is done; there’s nothing more for you to do.',
      no_admin_key:
        'We couldn’t disconnect it from Kakao right away. You can do it in KakaoTalk: Settings > Kakao Account > Manage connected services.',
    },
  },
  sessions: {
    heading: 'Where you are logged in',
    lead: 'Don’t recognize a device? Log it out, and change your Kakao Account password.',
    deviceNames: { KakaoTalk: 'KakaoTalk', Naver: 'Naver', Daum: 'Daum', App: 'App' },
    unknownDevice: 'Unknown device',
    current: 'This device',
    active: (ago) => (ago ? `Active ${ago}` : 'Active just now'),
    network: 'Network',
    signedIn: 'Logged in',
    until: 'Expires',
    end: (device) => `Log out ${isolate(device)}`,
    endShort: 'Log out',
    endOthers: 'Log out all other devices',
    only: 'You are logged in on this device only.',
    all: (count) => `See all ${count} devices`,
    unavailable: 'Your devices cannot be read right now. Open this page again in a moment.',
    back: 'Back to your account',
    outcomes: {
      ended: 'That device is logged out. That device must log in again.',
      others_ended: 'All devices but this one are logged out.',
      not_found: 'That device was logged out already. Nothing has changed.',
    },
  },
  history: {
    heading: 'Security history',
    lead: 'What happened to your account within the last year.',
    none: 'Nothing yet.',
    all: 'See the whole history',
    unavailable: 'Your history cannot be read right now. Open this page again in a moment.',
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
    session_ended: (device) => `You logged out of ${isolate(device)}`,
    sessions_ended: 'You logged out all other devices',
    logged_out: {
      here: 'You logged out',
      everywhere: 'You logged out on all devices',
      with_kakao: 'You logged out together with your Kakao Account',
    },
    consent_added: (item) => `You agreed to share “${item}”`,
    consent_withdrawn: (item) => `You withdrew your consent to share “${item}”`,
    tokens_purged: 'The Kakao tokens kept here were deleted',
    export: 'You downloaded your data',
    blocked: 'We blocked this account',
    unblocked: 'We lifted the block',
    kakao_event: {
      'tokens-revoked': 'Your Kakao Account revoked this service’s access',
      'sessions-revoked': 'Your Kakao Account was logged out on all devices',
      'credential-compromise': 'Kakao warned that your password may have leaked',
      'credential-change': 'The password or another way to log in to your Kakao Account changed',
      'account-disabled': 'Your Kakao Account was suspended',
      'account-enabled': 'Your Kakao Account can be used again',
    },
    together: {
      'sessions-revoked end_sessions':
        'Your Kakao Account was logged out on all devices, so you were logged out here too.',
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
