/** In how many places two texts differ. */
export function differences(one: string, other: string): number {
  const [long, short] = one.length >= other.length ? [one, other] : [other, one];
  return [...long].filter((character, at) => character !== short[at]).length;
}

/** Another text of the same length: its middle character changed. */
export function altered(text: string): string {
  const middle = text.length >> 1;
  return `${text.slice(0, middle)}${text[middle] === 'A' ? 'B' : 'A'}${text.slice(middle + 1)}`;
}
