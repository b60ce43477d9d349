import type { IncomingHttpHeaders } from 'node:http';
import type { IdTokenFault } from '../world/faults.ts';
import type { World } from '../world/world.ts';
import type { Reply } from './reply.ts';

/** A request with its body read. */
export interface KakaoRequest {
  /** Its number in the request log; 0 for requests that are not noted there. */
  readonly id: number;
  readonly method: string;
  /** Without the `/ns/<name>` of a namespace. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** The fields of an `application/x-www-form-urlencoded` body; empty for any other type, which Kakao does not read. */
  readonly form: URLSearchParams;
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
  /** The path and query as sent. */
  readonly target: string;
  /** The caller's IP address, without the IPv6 form of an IPv4 one. */
  readonly callerAddress: string;
  /** Whether that is this machine. */
  readonly isLocal: boolean;
  /** Whether it came over TLS. */
  readonly isEncrypted: boolean;
  readonly idTokenFault?: IdTokenFault;
}

/** Answers one endpoint. */
export type Handler = (request: KakaoRequest, world: World) => Reply | Promise<Reply>;
