import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto';
import { promisify } from 'node:util';

/** An RSA public key for signatures, as a JWKS holds it (RFC 7517). */
interface PublicJwk {
  readonly kid: string;
  readonly kty: string;
  readonly alg: string;
  readonly use: string;
  readonly n: string;
  readonly e: string;
}

/** An RSA key pair with the key id that it is published under. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicJwk: PublicJwk;
}

/** Newest first; the newest signs, the newest two are published. */
export interface SigningKeys {
  signer: Promise<SigningKey>;
  other: Promise<SigningKey> | null;
}

const shared: {
  development?: Promise<SigningKey>;
  second?: Promise<SigningKey>;
  foreign?: Promise<SigningKey>;
} = {};

/** The keys of a fresh Kakao: the committed development key signs, the second is made on first use. */
export function initialKeys(): SigningKeys {
  shared.development ??= Promise.resolve(importDevelopmentKey());
  return { signer: shared.development, other: null };
}

/** The two keys of the JWKS, the signing one first. */
export async function publishedKeys(keys: SigningKeys): Promise<SigningKey[]> {
  keys.other ??= shared.second ??= generateKey();
  return Promise.all([keys.signer, keys.other]);
}

/** Makes a new signing key; with `overlap` the previous one stays published. */
export async function rotateKeys(keys: SigningKeys, overlap: boolean): Promise<SigningKey> {
  const next = generateKey();
  keys.other = overlap ? keys.signer : generateKey();
  keys.signer = next;
  return next;
}

/** A key that is never published, for invalid signatures. */
function foreignKey(): Promise<SigningKey> {
  shared.foreign ??= generateKey();
  return shared.foreign;
}

function importDevelopmentKey(): SigningKey {
  const { kid, kty, alg, use, n, e } = developmentKey;
  const privateKey = createPrivateKey({ key: { ...developmentKey }, format: 'jwk' });
  return { kid, privateKey, publicJwk: { kid, kty, alg, use, n, e } };
}

async function generateKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const kid = randomBytes(15).toString('hex');
  const { n, e } = publicKey.export({ format: 'jwk' });
  return {
    kid,
    privateKey,
    publicJwk: { kid, kty: 'RSA', alg: 'RS256', use: 'sig', n: n ?? '', e: e ?? '' },
  };
}

/** What is wrong with a signature. */
export interface JwsFault {
  readonly alg?: 'none' | 'HS256' | undefined;
  readonly signWith?: 'unknown-key' | 'foreign-key-same-kid' | undefined;
}

/** What is signed, and what HS256 is keyed with: by default the public key, which careless libraries accept. */
export interface JwsOrder {
  readonly payload: object;
  readonly typ: string;
  readonly fault?: JwsFault | undefined;
  readonly hmacSecret?: string;
}

/** A compact JWS (RFC 7515) with RS256 and the newest key, or invalid as the fault says. */
export async function signJws(
  { payload, typ, fault, hmacSecret }: JwsOrder,
  keys: SigningKeys,
): Promise<string> {
  const unsigned = (header: object) => `${base64url(header)}.${base64url(payload)}`;
  if (fault?.alg === 'none') return `${unsigned({ typ, alg: 'none' })}.`;
  const signer = await keys.signer;
  if (fault?.alg === 'HS256') {
    const content = unsigned({ kid: signer.kid, typ, alg: 'HS256' });
    const mac = createHmac('sha256', hmacSecret ?? pemOf(signer.publicJwk)).update(content);
    return `${content}.${mac.digest('base64url')}`;
  }
  const key = fault?.signWith ? await foreignKey() : signer;
  const kid = fault?.signWith === 'foreign-key-same-kid' ? signer.kid : key.kid;
  const content = unsigned({ kid, typ, alg: 'RS256' });
  return `${content}.${(await rsaSignature(content, key.privateKey)).toString('base64url')}`;
}

/** Computed beside the event loop: it takes a millisecond of a processor, and there may be more than one. */
function rsaSignature(content: string, key: KeyObject): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    sign('sha256', Buffer.from(content), key, (error, made) => (error ? reject(error) : resolve(made)));
  });
}

function pemOf(publicJwk: PublicJwk): string {
  return String(
    createPublicKey({ key: { ...publicJwk }, format: 'jwk' }).export({ type: 'spki', format: 'pem' }),
  );
}

function base64url(json: object): string {
  return Buffer.from(JSON.stringify(json)).toString('base64url');
}

/**
 * The fixed RSA key that signs ID tokens after a start or a reset, so that starting needs no key generation.
 * It is public: it protects nothing, and no real Kakao has ever published it.
 */
const developmentKey = {
  kid: 'e0a1977d2d976527bc0373694ba9c3',
  kty: 'RSA',
  alg: 'RS256',
  use: 'sig',
  n: 'qonYdZOBdYA27gD9Utjq7A4EwkASyywQ1N9MDf0RfmbCGV7Et6V5Z00xjuDAsaZuQQSJwFmK_ir33L3baajUn-q10o99rAy1J8eq_ggbIqfa-sY8BZ9tsJ76b00EBl4YTZ0_PfYG3B2soO_u1wWCnsWwn0i4MwKdf2XINoi-0CDr7oZMHAyugnDEues7s-MpE29s-XNHz3wHNvyV8k6V19bjP2bW-vxrmxJ0i8ktReWln2qXVeIrqzEdBAN4-HsATw7asw9UdPcwF-Kz2Ec2cYKom6YxdT1MWjC3NQRXRf5aabxlGPT2nqYoXed5fs80n_Mfi66DLHkWH2uZAVS-eQ',
  e: 'AQAB',
  d: 'UaOeOKsM9uj3mLUI_Dse99SwteFiRj9SIEUWN9IClKHtf1KiKnCaViOk3_BZyBAGI64qKK4uTki82LL9T-Gkbs7ZVuyrGxcVNjKOyq8kM2w1K693GdurDCxtWLJxkmTk-ifn1HeNtjBjh-semoACDpQblFr--4dmqHSRNOhqBG3Msqi5d3EcTUDaulbyF2iNo_gomvKQytYCNlkSapf9vsd2URwxsatSMYZvAACEBiOqeeYmejd3dx_i6XqfhAeZxII8f1wBnKdeUlKVeCtMsFxGW0Qz-dUxJADcTHOgMt_qZgKOYLACYlDXUoW2VA1mCw34u7LDCwvW0W_1tQw_',
  p: '5z6Qd65bLP9BIpLL356wcQl0jpYHZQ6x6wdgx7QO--X_9e2UAKFiEfTAzg8MwnItmmlzY5MQSp3aknARYkiK7w_XqE9en8CufgXWmszRMcH5Dspp3mmGCqgYWcbJj9o95w-JAOqh9cGqj7Ehe1DdLF6xfbv6WCS7dXeBF7ewlE8',
  q: 'vMuWSZWHny7CkxMz1Mc5Zd12CeEjaClUgMrC9Lhuy2zZhGY7UHcF5Z4suCKpv9AYx-epQ5NwF7KqTA3uxZ2yskuvdxcUop-qT2Tf0uV_S9cAlDJkqJ_JtMAlAX4tvmvcW1028wKptXVXzqSJyEpAqVcfaMFGuyeVvp-kfwG5Jrc',
  dp: 'rGPG3YH89LGiBD09gYrS7KHo47dS8fKfjqAkdRx1ozKWu-cOU937t3koFzW_BGKMPrXoUM488fN2E386ZnPAJ3I_CnmJCD1jmA2QLD0OozKBEpaxkB5I0D76UEtSzkwbo9q__w_sB8MF_TNGy6DAEajSVvLBMd7IZUzezyigmh8',
  dq: 'ne_OTMZ7i04J1hHFVWZIfQ_0FDW0cgnJOGjnCORVQ3ZOzTTcv-aiF0HodS4CRYVnhawl7HMl3Z1IW5F4Qvc2q3MnWYAEcjsRtZNUrs_wWtiFEnTJwkrR6ZSoIISW7eq7j-797fM3V6bPiv4YiWaci01n6DFv41ctLSfN67XcVyc',
  qi: 'ZOoSqn9sNa6lvA0Dp3p1_ukE2taxfFQdUyjdnDiCOMaVFVWElhH-63eqsOsNK1tW24-AVLhUxelvL1F_lsmGczLrmO1XaJ6QgY6F7_z0UYiH5xKrBzcfXKvd-R8tatARUrzzYavZxXHKOH5V5lUR3dPLoXcTeRd22LfV1AeiQLY',
} as const;
