import { isolate } from './format';

export const historyKo = {
  heading: '보안 기록',
  lead: '최근 1년 동안 계정에서 일어난 일이에요. 최대 200개까지 보여 드려요.',
  none: '아직 기록이 없어요.',
  more: (count: number) => `${count}개 더 보기`,
  login: '로그인했어요',
  new_device: '새 기기에서 로그인했어요',
  session_ended: (device: string) => `${isolate(device)} 기기를 로그아웃했어요`,
  sessions_ended: '다른 기기를 모두 로그아웃했어요',
  logged_out: {
    here: '로그아웃했어요',
    everywhere: '모든 기기에서 로그아웃했어요',
    with_kakao: '카카오계정과 함께 로그아웃했어요',
  },
  consent_added: (item: string) => `‘${item}’ 제공에 동의했어요`,
  consent_withdrawn: (item: string) => `‘${item}’ 제공 동의를 철회했어요`,
  tokens_purged: '보관하던 카카오 토큰을 지웠어요',
  export: '내 데이터를 내려받았어요',
  kakao_event: {
    'tokens-revoked': '카카오계정에서 이 서비스의 연결 권한이 취소됐어요',
    'sessions-revoked': '카카오계정이 모든 기기에서 로그아웃됐어요',
    'credential-compromise': '카카오가 비밀번호 유출 위험을 알려 왔어요',
    'credential-change': '카카오계정의 비밀번호나 로그인 수단이 바뀌었어요',
    'account-disabled': '카카오계정 이용이 정지됐어요',
    'account-enabled': '카카오계정을 다시 쓸 수 있게 됐어요',
  } as Readonly<Record<string, string>>,
  otherKakaoEvent: '카카오계정이 바뀌었다고 카카오가 알려 왔어요',
  effects: {
    end_sessions: '모든 기기에서 로그아웃했어요.',
    block: '로그인을 막고 모든 기기에서 로그아웃했어요.',
    unblock: '다시 로그인할 수 있어요.',
    none: '이 서비스에서 바뀐 것은 없어요.',
  },
};

type HistoryText = typeof historyKo;

export const historyEn: HistoryText = {
  heading: 'Security history',
  lead: 'What happened to your account within the last year, at most 200 entries.',
  none: 'Nothing yet.',
  more: (count) => `Show ${count} more`,
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
};
