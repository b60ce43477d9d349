/** How a code, a token or a connection came to its end, kept for a while so that a developer can be told. */
export interface Ending {
  /** Fits into "by …", such as `logout`. */
  readonly how: string;
  /** Unix milliseconds. */
  readonly at: number;
  /** The id in the request log of the request that did it, or 0. */
  readonly request: number;
}
