/** A Kakao of its own within the process, as its clients see it. */
export interface Namespace {
  readonly name: string;
  /** Its origin, or the origin of the main Kakao and `/ns/<name>`. */
  readonly url: string;
}

/** What a new namespace is to be. */
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
  /** Rejects with `RangeError` for a name that is taken or one too many, or with the system's error for the port. */
  readonly open: (order: NamespaceOrder) => Promise<Namespace>;
  /** Ends a namespace; `false` if there is none of this name. */
  readonly close: (name: string) => Promise<boolean>;
}
