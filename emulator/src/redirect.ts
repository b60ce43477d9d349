/**
 * `node --import kakao-emulator/redirect app.js` leads connections for Kakao's two host names to the emulator, whatever
 * client makes them (`node:https`, `fetch`, undici, axios …). Requests, certificate checks and everything else stay as
 * they are: trust the emulator's certificate with `NODE_EXTRA_CA_CERTS`. `KAKAO_EMULATOR_TLS_URL` says where it is
 * (default `https://localhost:4443`).
 */
import { Socket } from 'node:net';

const target = new URL(process.env['KAKAO_EMULATOR_TLS_URL'] ?? 'https://localhost:4443');
const hosts: ReadonlySet<unknown> = new Set(['kauth.kakao.com', 'kapi.kakao.com']);
const connect = Socket.prototype.connect;

Socket.prototype.connect = function (this: Socket, ...given: unknown[]): Socket {
  return Reflect.apply(connect, this, redirected(given));
};

/** The arguments of `connect`: `(options, listener?)`, `(port, host, listener?)`, or a list of the former. */
function redirected(given: readonly unknown[]): readonly unknown[] {
  const [first, second, ...rest] = given;
  if (Array.isArray(first)) return isKakao(first[0]) ? [moved(first[0]), first[1]] : given;
  if (isKakao(first)) return [moved(first), ...given.slice(1)];
  return hosts.has(second) ? [port(), target.hostname, ...rest] : given;
}

function isKakao(options: unknown): options is object {
  return typeof options === 'object' && options !== null && 'host' in options && hosts.has(options.host);
}

/** Whatever the port, so that nothing reaches the real Kakao. */
function moved(options: object) {
  return { ...options, host: target.hostname, port: port() };
}

function port(): number {
  return Number(target.port || 443);
}
