/** Writing ASN.1 in the distinguished encoding (ITU-T X.690), as much of it as certificates need. */

const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  utcTime: 0x17,
  sequence: 0x30,
  set: 0x31,
} as const;

/** A value in its encoding. */
export type Der = Buffer<ArrayBufferLike>;

/** `true`; a `false` is always a default here, and defaults are left out. */
export const derTrue: Der = encode(TAG.boolean, Buffer.of(0xff));

/** Members in their order. */
export function sequence(...members: readonly Der[]): Der {
  return encode(TAG.sequence, ...members);
}

/** One member in a set. */
export function setOf(member: Der): Der {
  return encode(TAG.set, member);
}

/** A number that is not negative, from its big-endian bytes. */
export function unsignedInteger(bytes: Uint8Array): Der {
  const isNegative = ((bytes[0] ?? 0) & 0x80) !== 0;
  return encode(TAG.integer, ...(isNegative ? [Buffer.of(0)] : []), bytes);
}

/** Bits, of which the last `unused` do not count. */
export function bitString(bytes: Uint8Array, unused = 0): Der {
  return encode(TAG.bitString, Buffer.of(unused), bytes);
}

/** Bytes. */
export function octetString(bytes: Uint8Array): Der {
  return encode(TAG.octetString, bytes);
}

/** An object identifier from its dotted form, such as `2.5.29.17`. */
export function objectIdentifier(dotted: string): Der {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return encode(TAG.objectIdentifier, Buffer.from([first * 40 + second, ...rest].flatMap(base128)));
}

/** Text. */
export function utf8String(text: string): Der {
  return encode(TAG.utf8String, Buffer.from(text));
}

/** An instant before 2050, to the second. */
export function utcTime(at: Date): Der {
  const digits = at
    .toISOString()
    .replace(/\.\d+Z$/, '')
    .replace(/\D/g, '');
  return encode(TAG.utcTime, Buffer.from(`${digits.slice(2)}Z`));
}

/** A value that says of itself only a number: `[number] IMPLICIT` for plain bytes. */
export function tagged(number: number, bytes: Uint8Array): Der {
  return encode(0x80 | number, bytes);
}

/** The same around whole values. */
export function taggedValues(number: number, ...values: readonly Der[]): Der {
  return encode(0xa0 | number, ...values);
}

function encode(tag: number, ...contents: readonly Uint8Array[]): Der {
  const length = contents.reduce((sum, { length }) => sum + length, 0);
  return Buffer.concat([Buffer.from([tag, ...lengthBytes(length)]), ...contents]);
}

function lengthBytes(length: number): number[] {
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}

function base128(number: number): number[] {
  const bytes = [number & 0x7f];
  for (let rest = number >> 7; rest > 0; rest >>= 7) bytes.unshift((rest & 0x7f) | 0x80);
  return bytes;
}
