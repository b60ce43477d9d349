import { consentKo } from './consent';
import { isolate } from './format';
import { historyKo } from './history';
import { leaveKo } from './leave';
import { personalDataKo } from './personal-data';
import { sessionsKo } from './sessions';

/** Every Korean sentence a person reads; its shape is the measure for the other languages. */
export const ko = {
  site: {
    name: '로그인 스타터',
    tagline: '카카오계정으로 시작하는 서비스',
    description: '카카오계정으로 바로 로그인할 수 있는 서비스예요.',
    skipToContent: '본문으로 건너뛰기',
    account: '내 계정',
    login: '로그인',
    home: '처음으로',
  },
  localKakao: {
    name: '로컬 카카오',
    note: '개발용 가짜 카카오에 연결되어 있어요. 실제 카카오계정은 쓰이지 않아요.',
  },
  home: {
    title: '카카오로 간편하게 로그인하세요',
    lead: '새 비밀번호를 만들지 않아도 돼요. 쓰던 카카오계정으로 바로 시작할 수 있어요.',
    features: [
      {
        title: '비밀번호가 없어요',
        body: '로그인은 카카오에서 이루어지고, 카카오계정 비밀번호는 이 서비스에 전달되지 않아요.',
      },
      {
        title: '동의한 정보만 받아요',
        body: '닉네임, 프로필 사진, 이메일은 카카오 동의 화면에서 허락한 것만 보여 드려요.',
      },
      {
        title: '언제든 로그아웃해요',
        body: '이 기기만, 또는 로그인한 모든 기기에서 한 번에 로그아웃할 수 있어요.',
      },
    ],
    signedIn: (name: string) => `${isolate(name)} 님으로 로그인되어 있어요.`,
    goToAccount: '내 계정 보기',
  },
  login: {
    title: '로그인',
    lead: '카카오계정으로 로그인하고 계속하세요.',
    kakaoButton: '카카오 로그인',
    anotherAccount: '다른 계정으로 로그인',
    signedIn: (name: string) => `지금 ${isolate(name)} 님으로 로그인되어 있어요.`,
    continue: '계속하기',
    switchHint: '다른 카카오계정을 쓰려면 아래에서 다시 로그인하세요.',
    errorTitle: (title: string) => `오류: ${title}`,
    supportCode: '문의 코드',
    failures: {
      cancelled: {
        title: '로그인을 취소했어요',
        happened: '카카오 화면에서 취소해서 로그인하지 않았어요.',
        todo: '원할 때 언제든지 다시 로그인할 수 있어요.',
      },
      expired: {
        title: '처음부터 다시 로그인해 주세요',
        happened:
          '로그인을 시작한 지 오래됐거나, 카카오톡처럼 다른 앱이나 브라우저에서 시작한 로그인이에요. 안전을 위해 시작한 곳에서만 마칠 수 있어요.',
        todo: '아래 버튼을 누르면 여기서 다시 시작하고, 가려던 곳으로 이어져요.',
      },
      kakao_rejected: {
        title: '카카오에서 로그인을 확인하지 못했어요',
        happened: '카카오가 보낸 일회용 로그인 코드가 이미 쓰였거나 더는 유효하지 않아요.',
        todo: '아래 버튼을 눌러 다시 로그인해 주세요.',
      },
      kakao_unavailable: {
        title: '카카오가 잠시 응답하지 않아요',
        happened: '카카오에 문제가 있거나 요청이 몰려서 로그인을 마치지 못했어요.',
        todo: '잠시 뒤에 다시 시도해 주세요.',
      },
      misconfigured: {
        title: '지금은 카카오 로그인을 쓸 수 없어요',
        happened: '회원님의 잘못이 아니라, 이 서비스의 카카오 로그인 설정에 문제가 있어요.',
        todo: '나중에 다시 시도하고, 계속 안 되면 아래 문의 코드를 서비스 운영자에게 알려 주세요.',
      },
      under_14: {
        title: '만 14세 미만은 이용할 수 없어요',
        happened: '카카오에서 만 14세 이상인지 확인하지 못해서 로그인할 수 없었어요.',
        todo: '만 14세가 된 뒤에 이용하거나, 만 14세 이상인 다른 카카오계정으로 로그인해 주세요.',
      },
      blocked: {
        title: '이용이 제한된 계정이에요',
        happened: '이 서비스에서 이 계정의 로그인을 제한하고 있어요.',
        todo: '이유를 알고 싶다면 아래 문의 코드와 함께 서비스 운영자에게 문의해 주세요.',
      },
      too_many_requests: {
        title: '로그인 시도가 너무 많았어요',
        happened: '짧은 시간에 여러 번 시도해서 로그인을 잠시 멈췄어요.',
        todo: '1분쯤 기다렸다가 다시 시도해 주세요.',
      },
      unexpected: {
        title: '로그인을 마치지 못했어요',
        happened: '예상하지 못한 문제가 생겨서 로그인을 안전하게 멈췄어요.',
        todo: '다시 시도하고, 계속 안 되면 아래 문의 코드를 서비스 운영자에게 알려 주세요.',
      },
    },
  },
  account: {
    title: '내 계정',
    profile: '프로필',
    details: '가입 정보',
    noNickname: '닉네임 없음',
    picture: (name: string) => `${isolate(name)} 프로필 사진`,
    email: '이메일',
    noEmail: '이메일 제공에 동의하지 않았거나, 카카오계정에 인증된 이메일이 없어요.',
    memberSince: '가입한 날',
    lastLogin: '마지막 로그인',
    kakaoId: '회원번호',
  },
  logout: {
    title: '로그아웃',
    here: '이 기기에서 로그아웃',
    hereHint: '지금 쓰는 브라우저에서만 로그아웃해요. 카카오계정은 로그인된 채로 남아요.',
    withKakao: '카카오계정과 함께 로그아웃',
    withKakaoHint:
      '여기서 로그아웃한 다음, 이 브라우저의 카카오계정도 카카오 화면에서 로그아웃해요. 여럿이 쓰는 컴퓨터라면 이쪽이 안전해요.',
    everywhere: '모든 기기에서 로그아웃',
    everywhereHint: '이 서비스에 로그인한 모든 브라우저와 앱에서 로그아웃해요. 카카오계정은 그대로예요.',
    returned: '이 서비스와 카카오계정에서 로그아웃했어요',
    returnedHint:
      '카카오 화면에서 이 서비스만 로그아웃하기를 골랐다면 카카오계정은 이 브라우저에 로그인된 채로 남아 있어요.',
  },
  consent: consentKo,
  personalData: personalDataKo,
  leave: leaveKo,
  sessions: sessionsKo,
  history: historyKo,
  notFound: {
    title: '페이지를 찾을 수 없어요',
    body: '주소가 바뀌었거나 없어진 페이지예요. 주소를 다시 확인해 주세요.',
  },
};

/** The sentences of one language. */
export type Text = typeof ko;
