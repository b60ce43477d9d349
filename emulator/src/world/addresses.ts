/** Where the clients of a Kakao find it: what all addresses that it hands out begin with. */
export interface Addresses {
  /** For browsers; also the issuer of ID tokens. */
  readonly publicUrl: string;
  /** For servers: tokens and keys. */
  readonly internalUrl: string;
  /** For servers: the user API. */
  readonly apiUrl: string;
}

const KAUTH = 'https://kauth.kakao.com';
const KAPI = 'https://kapi.kakao.com';

/** Kakao's own two hosts. */
export const kakaoAddresses: Addresses = { publicUrl: KAUTH, internalUrl: KAUTH, apiUrl: KAPI };

/** One origin for everything, or one for browsers and one for servers; `https://kauth.kakao.com` has its own twin. */
export function addressesAt(publicUrl: string, internalUrl = publicUrl): Addresses {
  if (publicUrl === KAUTH && internalUrl === KAUTH) return kakaoAddresses;
  return { publicUrl, internalUrl, apiUrl: internalUrl };
}

/** The same addresses for a Kakao whose paths begin with `basePath`. */
export function addressesBelow({ publicUrl, internalUrl, apiUrl }: Addresses, basePath: string): Addresses {
  return {
    publicUrl: publicUrl + basePath,
    internalUrl: internalUrl + basePath,
    apiUrl: apiUrl + basePath,
  };
}
