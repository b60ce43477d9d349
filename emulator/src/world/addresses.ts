/** The base URLs of a Kakao: every address that it hands out begins with one of them. */
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

/** A Kakao of its own within the process, as its clients see it. */
export interface Namespace {
  readonly name: string;
  /** Its origin, or the origin of the main Kakao and `/ns/<name>`. */
  readonly url: string;
}

/** Options of a new namespace. */
export interface NamespaceOrder {
  /** 1 to 64 of `A–Z a–z 0–9 - _`; made up when missing. */
  readonly name?: string;
  /** A port of its own, 0 for any free one; without it only `/ns/<name>` and the header lead there. */
  readonly port?: number;
  /** Registered for its first app beside the defaults. */
  readonly redirectUris?: readonly string[];
}

/** The namespaces of one process. */
export interface NamespaceControl {
  readonly list: () => readonly Namespace[];
  /** Rejects with `RangeError` for a taken name or over the limit, or with the system's error for the port. */
  readonly open: (order: NamespaceOrder) => Promise<Namespace>;
  /** Ends a namespace; `false` if there is none of this name. */
  readonly close: (name: string) => Promise<boolean>;
}
