import { isolate } from './format';

/** What people read who want to leave, in Korean; its shape is the measure for the other languages. */
export const leaveKo = {
  heading: '회원 탈퇴',
  lead: '이 서비스의 계정을 지우고 카카오와의 연결을 끊어요.',
  open: '탈퇴 알아보기',
  title: '회원 탈퇴',
  who: (name: string) => `${isolate(name)} 님의 계정을 지우려고 해요. 지우기 전에 확인해 주세요.`,
  erased: '바로 지워지는 것',
  erasedItems: [
    '프로필: 닉네임, 프로필 사진, 이메일, 회원번호',
    '로그인 정보: 모든 기기에서 로그아웃되고 기록이 지워져요',
    '카카오와의 연결: 동의한 내용이 모두 철회돼요',
  ],
  kept: '남는 것과 그 이유',
  keptItems: [
    '카카오가 연결 해제를 확인할 때까지, 연결을 끊는 데 필요한 회원번호만',
    '같은 알림을 두 번 처리하지 않으려고, 카카오가 보낸 알림의 고유번호와 시각만 90일 동안. 누구의 알림인지는 지워요',
  ],
  comeBack: '나중에 다시 로그인하면 비어 있는 새 계정으로 시작해요. 지운 정보는 되돌릴 수 없어요.',
  continue: '탈퇴 계속하기',
  stay: '탈퇴하지 않기',
  confirmTitle: '정말 탈퇴할까요?',
  confirmBody: (name: string) => `${isolate(name)} 님의 계정을 지금 바로 지워요. 되돌릴 수 없어요.`,
  confirm: '탈퇴하기',
  loginTitle: '한 번 더 로그인해 주세요',
  loginBody:
    '로그인한 지 10분이 지났어요. 본인만 탈퇴할 수 있도록 카카오로 다시 로그인하면 이 화면으로 돌아와요.',
  goodbyeTitle: '탈퇴했어요',
  goodbyeBody: '이 서비스에 있던 정보를 모두 지웠어요. 그동안 이용해 주셔서 고마워요.',
  goodbyeStates: {
    unlinked: '카카오와의 연결도 끊었어요.',
    waiting:
      '카카오가 지금 응답하지 않아서 연결은 아직 남아 있어요. 응답하는 대로 저희가 끊을게요. 더 하실 일은 없어요.',
    no_admin_key:
      '카카오와의 연결은 저희가 바로 끊지 못했어요. 카카오톡 설정 > 카카오계정 > 연결된 서비스 관리에서 직접 끊을 수 있어요.',
  },
};

/** The sentences of one language. */
type LeaveText = typeof leaveKo;

export const leaveEn: LeaveText = {
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
    'You logged in more than 10 minutes ago. Log in with Kakao again, so that nobody else can do this, and you come back to this page.',
  goodbyeTitle: 'You have left',
  goodbyeBody: 'Everything this service knew about you is erased. Thank you for having been here.',
  goodbyeStates: {
    unlinked: 'The link with Kakao is cut too.',
    waiting:
      'Kakao does not answer right now, so the link is still there. We will cut it as soon as Kakao answers; there is nothing left for you to do.',
    no_admin_key:
      'We could not cut the link with Kakao right away. You can do it in KakaoTalk: Settings > Kakao Account > Manage connected services.',
  },
};
