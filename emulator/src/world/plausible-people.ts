import { randomFrom } from './random.ts';
import { makeUser, type User } from './users.ts';

const FIRST_ID = 3_800_000_001;
const FAMILY = [...'김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구'];
const GIVEN = [
  ...'가경나다도라람로린마미민별봄빛새서선소솔수슬승아안연영예온우원유윤은이재정주준지진찬채태하한해현혜호희',
];
const ADJECTIVES = [
  '푸른',
  '조용한',
  '느긋한',
  '반짝이는',
  '작은',
  '씩씩한',
  '졸린',
  '따뜻한',
  '용감한',
  '엉뚱한',
];
const NOUNS = ['고래', '토끼', '구름', '바람', '라면', '자전거', '감자', '고양이', '우산', '달빛'];

/** `count` plausible accounts, the same ones for the same seed: most are complete, some lack what real ones lack. */
export function generatedPeople(count: number, seed: number): User[] {
  const random = randomFrom(seed);
  return Array.from({ length: count }, (_, at) => person(String(FIRST_ID + at), random));
}

function person(id: string, random: () => number): User {
  const pick = <T>(values: readonly T[]) => values[Math.floor(random() * values.length)] as T;
  const isOneIn = (chance: number) => random() < 1 / chance;
  const name = `${pick(FAMILY)}${pick(GIVEN)}${pick(GIVEN)}`;
  const year = 1950 + Math.floor(random() * 60);
  const day = new Date(Date.UTC(year, 0, 1 + Math.floor(random() * 365)));
  const isWithoutEmail = isOneIn(12);
  return makeUser(id, {
    nickname: isOneIn(3) ? `${pick(ADJECTIVES)} ${pick(NOUNS)}` : name.slice(1),
    isDefaultImage: isOneIn(5),
    email: isWithoutEmail ? null : `user.${id}@example.com`,
    isEmailVerified: !isWithoutEmail && !isOneIn(20),
    isEmailValid: !isWithoutEmail && !isOneIn(50),
    name,
    gender: isOneIn(2) ? 'female' : 'male',
    ageRange: ageRange(2026 - year),
    birthyear: String(year),
    birthday: day.toISOString().slice(5, 10).replace('-', ''),
    birthdayType: isOneIn(15) ? 'LUNAR' : 'SOLAR',
    phoneNumber: `+82 10-0000-${String(Math.floor(random() * 10_000)).padStart(4, '0')}`,
    declines: isOneIn(10) ? ['account_email'] : [],
    description: { ko: '만들어 낸 사용자', en: 'A generated user' },
  });
}

/** Kakao's age ranges (developers.kakao.com/docs/ko/kakaologin/rest-api#kakaoaccount). */
function ageRange(age: number): string {
  if (age < 20) return age < 15 ? '10~14' : '15~19';
  return age >= 90 ? '90~' : `${Math.floor(age / 10) * 10}~${Math.floor(age / 10) * 10 + 9}`;
}
