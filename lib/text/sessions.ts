import { isolate } from './format';

export const sessionsKo = {
  heading: '로그인한 기기',
  lead: '모르는 기기가 있다면 바로 로그아웃하고, 카카오계정의 비밀번호도 바꿔 주세요.',
  /** Names of devices that are not the same in every language. */
  deviceNames: { KakaoTalk: '카카오톡', Naver: '네이버', Daum: '다음', App: '앱' } as Readonly<
    Record<string, string>
  >,
  unknownDevice: '알 수 없는 기기',
  current: '지금 이 기기',
  lastSeen: '마지막 활동',
  signedIn: '로그인',
  until: '늦어도 만료',
  end: (device: string) => `${isolate(device)} 로그아웃`,
  endShort: '로그아웃',
  endOthers: '다른 기기 모두 로그아웃',
  only: '지금 이 기기에서만 로그인되어 있어요.',
  more: (count: number) => `${count}개 더 보기`,
  outcomes: {
    ended: '그 기기에서 로그아웃했어요. 다음에 움직이는 순간부터 로그인 화면이 나와요.',
    others_ended: '지금 이 기기만 남기고 모두 로그아웃했어요.',
    not_found: '이미 로그아웃된 기기예요. 바뀐 것은 없어요.',
  },
};

type SessionsText = typeof sessionsKo;

export const sessionsEn: SessionsText = {
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
};
