const names = {
  openid: '로그인 정보',
  profile_nickname: '닉네임',
  profile_image: '프로필 사진',
  account_email: '카카오계정(이메일)',
  name: '이름',
  gender: '성별',
  age_range: '연령대',
  birthday: '생일',
  birthyear: '출생 연도',
  phone_number: '카카오계정(전화번호)',
  shipping_address: '배송지 정보',
  friends: '카카오 서비스 내 친구목록',
  talk_message: '카카오톡 메시지 전송',
};

export const consentKo = {
  heading: '카카오에서 받는 정보',
  lead: '카카오 동의 화면에서 허락한 항목이에요. 선택 항목은 언제든 철회하거나 다시 동의할 수 있어요.',
  names: names as Readonly<Record<string, string>>,
  required: '동의함 · 필수',
  agreed: '동의함',
  notAgreed: '동의하지 않음',
  unused: '이 서비스에서 더는 쓰지 않아요',
  withdraw: (name: string) => `${name} 동의 철회`,
  agree: (name: string) => `${name} 동의하기`,
  withdrawShort: '철회',
  agreeShort: '동의하기',
  none: '이 서비스가 쓰는 동의 항목이 없어요.',
  unavailable:
    '지금은 카카오에서 동의 내역을 불러올 수 없어요. 잠시 뒤에 다시 열어 주세요. 로그인은 그대로예요.',
  noCredential: '동의 내역은 카카오톡의 설정 > 카카오계정 > 연결된 서비스 관리에서 볼 수 있어요.',
  outcomes: {
    withdrawn: '동의를 철회했어요. 그 정보는 이 서비스에서 지워졌어요.',
    required: '필수 항목이라 철회할 수 없어요. 더 쓰지 않으려면 탈퇴해 주세요.',
    not_agreed: '이미 동의하지 않은 항목이에요.',
    no_credential: '여기서는 철회할 수 없어요. 카카오톡의 연결된 서비스 관리에서 철회해 주세요.',
    unavailable: '카카오가 응답하지 않아서 철회하지 못했어요. 바뀐 것은 없으니 잠시 뒤에 다시 시도해 주세요.',
  },
  title: '추가 동의',
  requestLead:
    '이 기능을 쓰려면 카카오에서 아래 항목에 동의해야 해요. 동의하지 않아도 다른 기능은 그대로 쓸 수 있어요.',
  later: '나중에 하기',
  request: '카카오에서 동의하기',
};

type ConsentText = typeof consentKo;

export const consentEn = {
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
  } satisfies Record<keyof typeof names, string>,
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
  noCredential: 'You find your consents in KakaoTalk: Settings > Kakao Account > Manage connected services.',
  outcomes: {
    withdrawn: 'Your consent is withdrawn, and the information is erased here.',
    required:
      'This item is required and cannot be withdrawn. If you no longer want to share it, close your account.',
    not_agreed: 'You had not agreed to this item.',
    no_credential: 'This cannot be withdrawn here. Use "Manage connected services" in KakaoTalk.',
    unavailable: 'Kakao did not answer, so nothing was changed. Please try again in a moment.',
  },
  title: 'One more consent',
  requestLead:
    'This feature needs your consent to the items below, given at Kakao. Everything else works without it.',
  later: 'Not now',
  request: 'Agree at Kakao',
} satisfies ConsentText;
