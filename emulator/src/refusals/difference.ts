interface Parts {
  /** Characters in common at the start. */
  readonly start: number;
  /** What only the text that was sent has between the common start and the common end. */
  readonly sent: string;
  readonly right: string;
}

/** How the text that was sent differs from the right one: `one more "/" at character 38`. Characters count from 1. */
export function differenceBetween(sent: string, right: string): string {
  const parts = partsOf(sent, right);
  const at = `at character ${parts.start + 1}`;
  if (parts.right === '')
    return `${parts.sent.length === 1 ? 'one more ' : ''}${quoted(parts.sent)} ${parts.sent.length === 1 ? '' : 'too much '}${at}`;
  if (parts.sent === '') return `${quoted(parts.right)} is missing ${at}`;
  const sameLetters = parts.sent.toLowerCase() === parts.right.toLowerCase();
  return `${quoted(parts.sent)} instead of ${quoted(parts.right)} ${at}${sameLetters ? ' (upper and lower case differ)' : ''}`;
}

/** How an address that was sent under this `name` differs from the one of the `registered` that is most like it. */
export function unregisteredVerdict(name: string, sent: string, registered: readonly string[]): string {
  if (registered.length === 0) return `no ${name} is registered`;
  const closest = closestTo(sent, registered);
  if (closest === undefined) return `${name} is like none of the ${registered.length} registered`;
  return `${name} differs from the registered ${closest}: ${differenceBetween(sent, closest)}`;
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
