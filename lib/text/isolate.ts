/** A name inside a sentence, fenced so that one written from right to left cannot reorder it (UAX #9, FSI and PDI). */
export function isolate(name: string): string {
  return `\u2068${name}\u2069`;
}
