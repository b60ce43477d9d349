import { createHash, type KeyObject, randomBytes, sign } from 'node:crypto';
import {
  bitString,
  type Der,
  derTrue,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  tagged,
  taggedValues,
  unsignedInteger,
  utcTime,
  utf8String,
} from './der.ts';

/** Who signs, and with what; of a certificate that signs itself, its own name and keys. */
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

const ECDSA_WITH_SHA256 = sequence(objectIdentifier('1.2.840.10045.4.3.2'));
const COMMON_NAME = objectIdentifier('2.5.4.3');
const SERVER_AUTHENTICATION = objectIdentifier('1.3.6.1.5.5.7.3.1');

/** An X.509 version 3 certificate (RFC 5280 4.1) as PEM text. */
export function issueCertificate(order: CertificateOrder): string {
  const content = sequence(
    taggedValues(0, unsignedInteger(Buffer.of(2))),
    unsignedInteger(Buffer.concat([Buffer.of(0x40), randomBytes(15)])),
    ECDSA_WITH_SHA256,
    distinguishedName(order.issuer.name),
    sequence(utcTime(order.notBefore), utcTime(order.notAfter)),
    distinguishedName(order.subject),
    publicKeyInfo(order.publicKey),
    taggedValues(3, sequence(...order.extensions, ...keyIdentifiers(order))),
  );
  const signature = bitString(sign('sha256', content, order.issuer.privateKey));
  return pem(sequence(content, ECDSA_WITH_SHA256, signature));
}

/** A certificate authority that may sign for these general names and nothing else (RFC 5280 4.2.1.10). */
export function authorityExtensions(permitted: readonly Der[]): Der[] {
  return [
    extension('2.5.29.19', sequence(derTrue), true),
    extension('2.5.29.15', bitString(Buffer.of(0b0000_0110), 1), true),
    extension('2.5.29.30', sequence(taggedValues(0, ...permitted.map((name) => sequence(name)))), true),
  ];
}

/** A server with these general names. */
export function serverExtensions(names: readonly Der[]): Der[] {
  return [
    extension('2.5.29.19', sequence(), true),
    extension('2.5.29.15', bitString(Buffer.of(0b1000_0000), 7), true),
    extension('2.5.29.37', sequence(SERVER_AUTHENTICATION)),
    extension('2.5.29.17', sequence(...names)),
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
    extension('2.5.29.14', octetString(keyIdentifier(publicKey))),
    extension('2.5.29.35', sequence(tagged(0, keyIdentifier(issuer.publicKey)))),
  ];
}

function keyIdentifier(key: KeyObject): Buffer {
  return createHash('sha256').update(publicKeyInfo(key)).digest().subarray(0, 20);
}

function publicKeyInfo(key: KeyObject): Der {
  return key.export({ type: 'spki', format: 'der' });
}

function distinguishedName(commonName: string): Der {
  return sequence(setOf(sequence(COMMON_NAME, utf8String(commonName))));
}

function pem(der: Der): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
