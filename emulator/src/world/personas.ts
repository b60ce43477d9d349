import { makeShippingAddress, makeUser, type User } from './users.ts';

/** The person who has already connected the first app when the emulator starts. */
export const linkedPersonaId = '3900000002';

/** The accounts of every start and reset; each is an edge case of Kakao's data. */
export function personas(): User[] {
  return [
    ...ordinary(),
    ...withoutEmail(),
    ...oddProfiles(),
    ...bigIds(),
    ...restricted(),
    ...oddNicknames(),
  ];
}

function ordinary(): User[] {
  return [
    makeUser('3900000001', {
      nickname: '서윤',
      email: 'seoyun@example.com',
      shippingAddresses: [
        makeShippingAddress({ id: 319, isDefault: true }),
        makeShippingAddress({ id: 320, name: '회사', updatedAt: 1_769_904_000, detailAddress: '7층' }),
        makeShippingAddress({
          id: 318,
          name: '부모님',
          updatedAt: 1_760_000_000,
          receiverPhoneNumber1: '02-000-0000',
        }),
      ],
      description: { ko: '평범한 계정, 모든 값이 있음', en: 'Plain account with every value' },
    }),
    makeUser(linkedPersonaId, {
      nickname: '나리',
      email: 'nari@example.com',
      shippingAddresses: [makeShippingAddress({ id: 401, isDefault: true, type: 'OLD', zoneNumber: '' })],
      description: { ko: '이미 데모 서비스와 연결됨', en: 'Already connected to Demo Service' },
    }),
    makeUser('3900000003', {
      nickname: '윤일',
      email: 'leapday@example.com',
      birthyear: '2000',
      birthday: '0229',
      description: { ko: '생일이 2월 29일', en: 'Born on 29 February' },
    }),
  ];
}

function withoutEmail(): User[] {
  return [
    makeUser('3900000004', {
      nickname: '도현',
      email: null,
      description: { ko: '계정에 이메일이 없음', en: 'No e-mail on the account' },
    }),
    makeUser('3900000005', {
      nickname: '하린',
      email: 'harin@example.com',
      declines: ['account_email'],
      description: { ko: '이메일 제공을 거절함', en: 'Declines to share the e-mail' },
    }),
    makeUser('3900000006', {
      nickname: '지호',
      email: 'jiho@example.com',
      isEmailVerified: false,
      description: { ko: '인증되지 않은 이메일', en: 'E-mail never verified' },
    }),
    makeUser('3900000007', {
      nickname: '수아',
      email: 'sua@example.com',
      isEmailValid: false,
      description: { ko: '만료되어 가려진 이메일', en: 'E-mail expired, delivered masked' },
    }),
  ];
}

function oddProfiles(): User[] {
  return [
    makeUser('3900000008', {
      nickname: '은우',
      email: 'eunwoo@example.com',
      declines: ['profile_nickname', 'profile_image'],
      description: { ko: '닉네임을 거절해 profile이 없음', en: 'Refuses the nickname: no profile at all' },
    }),
    makeUser('3900000009', {
      nickname: '닉네임을 등록해주세요',
      isDefaultNickname: true,
      isDefaultImage: true,
      email: 'default@example.com',
      description: { ko: '기본 닉네임과 기본 프로필 사진', en: 'Default nickname and default picture' },
    }),
  ];
}

function bigIds(): User[] {
  return [
    makeUser('9007199254740992', {
      nickname: '한가온',
      email: 'gaon@example.com',
      description: { ko: '회원번호가 2^53', en: 'User id is exactly 2^53' },
    }),
    makeUser('9007199254740993', {
      nickname: '한가람',
      email: 'garam@example.com',
      description: {
        ko: '회원번호가 2^53 + 1, 반올림하면 다른 사람이 됨',
        en: 'User id is 2^53 + 1; rounding makes it somebody else',
      },
    }),
  ];
}

function restricted(): User[] {
  return [
    makeUser('3900000012', {
      nickname: '새봄',
      under14: true,
      ageRange: '10~14',
      birthyear: '2014',
      description: { ko: '만 14세 미만', en: 'Under 14' },
    }),
    makeUser('3900000013', {
      nickname: '겨울',
      state: 'dormant',
      description: { ko: '휴면 계정: 사용자 API가 -103', en: 'Dormant: the user API answers -103' },
    }),
    makeUser('3900000014', {
      nickname: '가을',
      state: 'blocked',
      description: { ko: '제재된 계정: 사용자 API가 -4', en: 'Sanctioned: the user API answers -4' },
    }),
  ];
}

function oddNicknames(): User[] {
  return [
    makeUser('3900000015', {
      nickname: '🐥 병아리 👩‍👩‍👧',
      email: 'emoji@example.com',
      description: { ko: '이모지 닉네임', en: 'Emoji nickname' },
    }),
    makeUser('3900000016', {
      nickname: 'نور القمر',
      email: 'noor@example.com',
      description: { ko: '오른쪽에서 왼쪽으로 쓰는 닉네임', en: 'Right-to-left nickname' },
    }),
    makeUser('3900000017', {
      nickname: '끝없이길어지는이름'.repeat(12),
      email: 'long@example.com',
      description: { ko: '108자 닉네임', en: 'Nickname of 108 characters' },
    }),
    makeUser('3900000018', {
      nickname: '탭\t줄\n종\u0007널\u0000끝\u202e',
      email: 'control@example.com',
      description: { ko: '제어 문자가 든 닉네임', en: 'Control characters in the nickname' },
    }),
  ];
}
