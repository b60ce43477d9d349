import type { Bilingual } from '../world/consent-items.ts';

interface Parts {
  /** Characters in common at the start. */
  readonly start: number;
  /** What only the text that was sent has between the common start and the common end. */
  readonly sent: string;
  readonly right: string;
}

/** How the text that was sent differs from the right one: `one more "/" at character 38`. Characters count from 1. */
export function differenceBetween(sent: string, right: string): Bilingual {
  const parts = partsOf(sent, right);
  const place = parts.start + 1;
  const [sentPart, rightPart] = [quoted(parts.sent), quoted(parts.right)];
  if (parts.right === '') {
    const isOne = parts.sent.length === 1;
    return {
      en: `${isOne ? 'one more ' : ''}${sentPart} ${isOne ? '' : 'too much '}at character ${place}`,
      ko: `${place}번째 글자에 ${sentPart} 부분이 더 있습니다`,
    };
  }
  if (parts.sent === '') {
    return {
      en: `${rightPart} is missing at character ${place}`,
      ko: `${place}번째 글자에 ${rightPart} 부분이 빠졌습니다`,
    };
  }
  const sameLetters = parts.sent.toLowerCase() === parts.right.toLowerCase();
  return {
    en: `${sentPart} instead of ${rightPart} at character ${place}${sameLetters ? ' (upper and lower case differ)' : ''}`,
    ko: `${place}번째 글자부터 ${rightPart} 대신 ${sentPart}입니다${sameLetters ? ' (대문자와 소문자가 다릅니다)' : ''}`,
  };
}

/** How an address that was sent under this `name` differs from the one of the `registered` that is most like it. */
export function unregisteredVerdict(name: string, sent: string, registered: readonly string[]): Bilingual {
  if (registered.length === 0)
    return { en: `no ${name} is registered`, ko: `등록된 ${name} 값이 하나도 없습니다` };
  const closest = closestTo(sent, registered);
  if (closest === undefined) {
    return {
      en: `${name} is like none of the ${registered.length} registered`,
      ko: `${name} 값이 등록된 ${registered.length}개 중 어느 것과도 비슷하지 않습니다`,
    };
  }
  const { en, ko } = differenceBetween(sent, closest);
  return {
    en: `${name} differs from the registered ${closest}: ${en}`,
    ko: `${name} 값이 등록된 ${closest} 주소와 다릅니다: ${ko}`,
  };
}

/** The one of these texts that is most like what was sent, unless none is. */
export function closestTo(sent: string, candidates: readonly string[]): string | undefined {
  const byDistance = candidates
    .map((text) => ({ text, distance: distanceBetween(sent, text) }))
    .sort((a, b) => a.distance - b.distance);
  const best = byDistance[0];
  return best && best.distance <= Math.max(sent.length, best.text.length) ? best.text : undefined;
}

function distanceBetween(one: string, other: string): number {
  const parts = partsOf(one, other);
  return parts.sent.length + parts.right.length;
}

function partsOf(sent: string, right: string): Parts {
  const shorter = Math.min(sent.length, right.length);
  let start = 0;
  while (start < shorter && sent[start] === right[start]) start += 1;
  let end = 0;
  while (end < shorter - start && sent[sent.length - 1 - end] === right[right.length - 1 - end]) end += 1;
  return { start, sent: sent.slice(start, sent.length - end), right: right.slice(start, right.length - end) };
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
