import { describe, expect, it } from 'vitest';
import { formatAgo, formatClock } from '@/lib/text';

const now = new Date('2026-11-27T15:30:00Z');
const ago = (ms: number) => new Date(now.getTime() - ms);
const [minute, hour, day] = [60_000, 3_600_000, 86_400_000] as const;

describe('formatAgo', () => {
  it('says nothing of what is less than a minute old, or in the future by a clock that is ahead', () => {
    expect(formatAgo(ago(minute - 1), now, 'ko')).toBeNull();
    expect(formatAgo(ago(-5 * minute), now, 'ko')).toBeNull();
  });

  it.each([
    [minute, '1분 전', '1 minute ago'],
    [hour - 1, '59분 전', '59 minutes ago'],
    [hour, '1시간 전', '1 hour ago'],
    [day - 1, '23시간 전', '23 hours ago'],
    [day, '1일 전', '1 day ago'],
    [40 * day, '40일 전', '40 days ago'],
  ])('of %i ms is %s or %s', (ms, ko, en) => {
    expect(formatAgo(ago(ms), now, 'ko')).toBe(ko);
    expect(formatAgo(ago(ms), now, 'en')).toBe(en);
  });
});

describe('formatClock', () => {
  it('leaves the day out only when it is the same one in Korea', () => {
    // In Korea it is half past midnight of 28 November.
    expect(formatClock(now, now, 'ko')).toBe('오전 12:30');
    expect(formatClock(now, now, 'en').replace('\u202f', ' ')).toBe('12:30 AM');
    expect(formatClock(ago(hour), now, 'ko')).toBe('11월 27일 오후 11:30');
    expect(formatClock(ago(hour), now, 'en').replace('\u202f', ' ')).toBe('Nov 27, 11:30 PM');
  });

  it('names the day of the same date a year ago', () => {
    expect(formatClock(new Date('2025-11-27T15:30:00Z'), now, 'ko')).toContain('11월 28일');
  });
});
