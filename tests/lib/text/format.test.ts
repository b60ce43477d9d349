import { describe, expect, it } from 'vitest';
import { datesIn } from '@/lib/text';

const dates = { ko: datesIn('ko', 'Asia/Seoul'), en: datesIn('en', 'Asia/Seoul') };
const now = new Date('2026-11-27T15:30:00Z');
const ago = (ms: number) => new Date(now.getTime() - ms);
const [minute, hour, day] = [60_000, 3_600_000, 86_400_000] as const;

describe('how long ago', () => {
  it('says nothing of what is less than a minute old, or in the future by a clock that is ahead', () => {
    expect(dates.ko.ago(ago(minute - 1), now)).toBeNull();
    expect(dates.ko.ago(ago(-5 * minute), now)).toBeNull();
  });

  it.each([
    [minute, '1분 전', '1 minute ago'],
    [hour - 1, '59분 전', '59 minutes ago'],
    [hour, '1시간 전', '1 hour ago'],
    [day - 1, '23시간 전', '23 hours ago'],
    [day, '1일 전', '1 day ago'],
    [40 * day, '40일 전', '40 days ago'],
  ])('of %i ms is %s or %s', (ms, ko, en) => {
    expect(dates.ko.ago(ago(ms), now)).toBe(ko);
    expect(dates.en.ago(ago(ms), now)).toBe(en);
  });
});

describe('the time of day', () => {
  it('leaves the day out only when it is the same one in Korea', () => {
    // In Korea it is half past midnight of 28 November.
    expect(dates.ko.clock(now, now)).toBe('서울시간 오전 12:30');
    expect(dates.en.clock(now, now).replace('\u202f', ' ')).toBe('12:30 AM KST');
    expect(dates.ko.clock(ago(hour), now)).toBe('서울시간 11월 27일 오후 11:30');
    expect(dates.en.clock(ago(hour), now).replace('\u202f', ' ')).toBe('Nov 27, 11:30 PM KST');
  });

  it('names the day of the same date a year ago', () => {
    expect(dates.ko.clock(new Date('2025-11-27T15:30:00Z'), now)).toContain('11월 28일');
  });
});

describe('the zone of the service', () => {
  const newYork = { ko: datesIn('ko', 'America/New_York'), en: datesIn('en', 'America/New_York') };

  it('decides the day and the time', () => {
    expect(newYork.ko.day(now)).toBe('2026년 11월 27일');
    expect(newYork.en.minute(now)).toBe('November 27, 2026 at 10:30 (EST)');
    expect(newYork.en.minute(new Date('2026-07-01T15:30:00Z'))).toBe('July 1, 2026 at 11:30 (EDT)');
  });

  it('is named as people call it', () => {
    expect(newYork.ko.clock(now, now)).toBe('뉴욕 시간 오전 10:30');
    expect(newYork.en.clock(now, now).replace('\u202f', ' ')).toBe('10:30 AM EST');
  });
});
