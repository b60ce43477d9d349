/** What is examined, and what is known about it. Paths are paths of the app. */
export interface DoctorOptions {
  /** A page of the app from which a person can log in. */
  readonly url: string;
  /** The local Kakao that the app is pointed at. */
  readonly kakaoUrl: string;
  readonly login?: string;
  readonly me?: string;
  readonly logout?: string;
  readonly api?: string;
  readonly unlinkWebhook?: string;
  readonly accountStateWebhook?: string;
  /** Further origins that belong to the app. */
  readonly origins?: readonly string[];
  /** Sent with every request to the app. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Only the cases whose id begins with one of these. */
  readonly only?: readonly string[];
}
