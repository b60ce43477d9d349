import { createHash, type KeyObject, randomBytes, sign, X509Certificate } from 'node:crypto';

/** A value in the distinguished encoding of ASN.1 (ITU-T X.690), of which this file writes what certificates need. */
export type Der = Buffer<ArrayBufferLike>;

/** The issuer's name and keys; for a self-signed certificate, its own. */
interface Issuer {
  readonly name: string;
  readonly publicKey: KeyObject;
  /** P-256. */
  readonly privateKey: KeyObject;
}

export interface CertificateOrder {
  /** The common name of the owner. */
  readonly subject: string;
  readonly publicKey: KeyObject;
  readonly issuer: Issuer;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** From `authorityExtensions` or `serverExtensions`. */
  readonly extensions: readonly Der[];
}

const OID = {
  commonName: '2.5.4.3',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  serverAuthentication: '1.3.6.1.5.5.7.3.1',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
} as const;

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

/** `false` is always a default here, and defaults are left out. */
const derTrue: Der = encode(TAG.boolean, Buffer.of(0xff));

/** An X.509 version 3 certificate (RFC 5280 4.1) as PEM text. */
export function issueCertificate(order: CertificateOrder): string {
  const algorithm = sequence(objectIdentifier(OID.ecdsaWithSha256));
  const content = sequence(
    taggedValues(0, unsignedInteger(Buffer.of(2))),
    unsignedInteger(Buffer.concat([Buffer.of(0x40), randomBytes(15)])),
    algorithm,
    distinguishedName(order.issuer.name),
    sequence(utcTime(order.notBefore), utcTime(order.notAfter)),
    distinguishedName(order.subject),
    publicKeyInfo(order.publicKey),
    taggedValues(3, sequence(...order.extensions, ...keyIdentifiers(order))),
  );
  const signature = bitString(sign('sha256', content, order.issuer.privateKey));
  return new X509Certificate(sequence(content, algorithm, signature)).toString();
}

/** A certificate authority that may sign for these general names and nothing else (RFC 5280 4.2.1.10). */
export function authorityExtensions(permitted: readonly Der[]): Der[] {
  return [
    extension(OID.basicConstraints, sequence(derTrue), true),
    extension(OID.keyUsage, bitString(Buffer.of(0b0000_0110), 1), true),
    extension(
      OID.nameConstraints,
      sequence(taggedValues(0, ...permitted.map((name) => sequence(name)))),
      true,
    ),
  ];
}

/** A server with these general names. */
export function serverExtensions(names: readonly Der[]): Der[] {
  return [
    extension(OID.basicConstraints, sequence(), true),
    extension(OID.keyUsage, bitString(Buffer.of(0b1000_0000), 7), true),
    extension(OID.extendedKeyUsage, sequence(objectIdentifier(OID.serverAuthentication))),
    extension(OID.subjectAltName, sequence(...names)),
  ];
}

/** A host name as a general name. */
export function dnsName(name: string): Der {
  return tagged(2, Buffer.from(name, 'latin1'));
}

/** The bytes of an address, or of an address and its mask, as a general name. */
export function ipAddress(bytes: Uint8Array): Der {
  return tagged(7, bytes);
}

function extension(id: string, value: Der, isCritical = false): Der {
  return sequence(objectIdentifier(id), ...(isCritical ? [derTrue] : []), octetString(value));
}

/** Subject and authority key identifier; clients other than OpenSSL look for both. */
function keyIdentifiers({ publicKey, issuer }: CertificateOrder): Der[] {
  return [
    extension(OID.subjectKeyIdentifier, octetString(keyIdentifier(publicKey))),
    extension(OID.authorityKeyIdentifier, sequence(tagged(0, keyIdentifier(issuer.publicKey)))),
  ];
}

function keyIdentifier(key: KeyObject): Buffer {
  return createHash('sha256').update(publicKeyInfo(key)).digest().subarray(0, 20);
}

function publicKeyInfo(key: KeyObject): Der {
  return key.export({ type: 'spki', format: 'der' });
}

function distinguishedName(commonName: string): Der {
  return sequence(setOf(sequence(objectIdentifier(OID.commonName), utf8String(commonName))));
}

/** Members in their order. */
function sequence(...members: readonly Der[]): Der {
  return encode(TAG.sequence, ...members);
}

/** One member in a set. */
function setOf(member: Der): Der {
  return encode(TAG.set, member);
}

/** A number that is not negative, from its big-endian bytes. */
function unsignedInteger(bytes: Uint8Array): Der {
  const isNegative = ((bytes[0] ?? 0) & 0x80) !== 0;
  return encode(TAG.integer, ...(isNegative ? [Buffer.of(0)] : []), bytes);
}

/** Bits, of which the last `unused` do not count. */
function bitString(bytes: Uint8Array, unused = 0): Der {
  return encode(TAG.bitString, Buffer.of(unused), bytes);
}

function octetString(bytes: Uint8Array): Der {
  return encode(TAG.octetString, bytes);
}

/** An object identifier from its dotted form, such as `2.5.29.17`. */
function objectIdentifier(dotted: string): Der {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return encode(TAG.objectIdentifier, Buffer.from([first * 40 + second, ...rest].flatMap(base128)));
}

function utf8String(text: string): Der {
  return encode(TAG.utf8String, Buffer.from(text));
}

/** An instant before 2050, to the second. */
function utcTime(at: Date): Der {
  const digits = at
    .toISOString()
    .replace(/\.\d+Z$/, '')
    .replace(/\D/g, '');
  return encode(TAG.utcTime, Buffer.from(`${digits.slice(2)}Z`));
}

/** A context-specific tag: `[number] IMPLICIT` around plain bytes. */
function tagged(number: number, bytes: Uint8Array): Der {
  return encode(0x80 | number, bytes);
}

/** The same around complete values (constructed). */
function taggedValues(number: number, ...values: readonly Der[]): Der {
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
