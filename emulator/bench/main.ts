// npm run bench -- emulator [logins for memory]: what the emulator promises of itself, as it is on this machine.
import { cpus, loadavg } from 'node:os';
import { type Client, clientOf, repeat } from './login.ts';
import { bare, cpuSeconds, emulator, residentMb, type Server, start, stepAside, stop } from './server.ts';

const soakLogins = Number(process.argv[2] ?? 100_000);
const STARTS = 15;
const LATENCY_LOGINS = 3_000;
const PAIRS = 6_000;

console.log(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, load ${loadavg()[0]?.toFixed(1)}`,
);
await firstByte();
const server = await start(emulator, 1);
console.log(stepAside(0));
try {
  const client = clientOf(server.url, 16);
  await client.control('POST', 'auto-approve', { userId: '3900000001', always: true });
  await wholeLogin(server);
  await pairs(server, client, 'with ID token (RSA-2048)');
  await client.control('PATCH', 'apps/1234567', { oidc: false });
  await pairs(server, client, 'without');
  await client.control('PATCH', 'apps/1234567', { oidc: true });
  await memory(server, client);
} finally {
  await stop(server);
}

/** From the start of the process to the first byte of its first answer; the two take turns. */
async function firstByte(): Promise<void> {
  const times: { emulator: number[]; bare: number[] } = { emulator: [], bare: [] };
  for (let turn = 0; turn < STARTS; turn += 1) {
    times.emulator.push(await timeToFirstByte(emulator));
    times.bare.push(await timeToFirstByte(bare));
  }
  const [ours, theirs] = [quantile(times.emulator, 0.5), quantile(times.bare, 0.5)];
  const difference = `${(ours - theirs).toFixed(0)} ms more`;
  console.log(
    `first byte after start (goal < 200 ms): ${ours.toFixed(0)} ms, bare node:http ${theirs.toFixed(0)} ms, ${difference}`,
  );
}

async function timeToFirstByte(program: readonly string[]): Promise<number> {
  const begun = performance.now();
  const started = await start(program);
  await fetch(`${started.url}/.well-known/openid-configuration`);
  const took = performance.now() - begun;
  await stop(started);
  return took;
}

/** Authorize, token, user: one after the other, as one browser and its server do. */
async function wholeLogin({ url }: Server): Promise<void> {
  const client = clientOf(url, 1);
  const times: number[] = [];
  await repeat(LATENCY_LOGINS, 1, async (turn) => {
    const begun = performance.now();
    await client.tokenAndUser(await client.code());
    if (turn >= 200) times.push(performance.now() - begun);
  });
  const [half, most] = [quantile(times, 0.5), quantile(times, 0.95)];
  console.log(`whole login (goal p95 < 10 ms): median ${half.toFixed(2)} ms, p95 ${most.toFixed(2)} ms`);
}

/** Codes are fetched beforehand, so that only the exchange and the profile count. */
async function pairs(measured: Server, client: Client, label: string): Promise<void> {
  const codes: string[] = [];
  await repeat(PAIRS, 16, async () => {
    codes.push(await client.code());
  });
  const [begun, cpu] = [performance.now(), cpuSeconds(measured)];
  await repeat(PAIRS, 16, (turn) => client.tokenAndUser(codes[turn] ?? ''));
  const perSecond = PAIRS / ((performance.now() - begun) / 1000);
  const perCpuSecond = PAIRS / (cpuSeconds(measured) - cpu);
  const figures = `${perSecond.toFixed(0)}, per second of its processor time ${perCpuSecond.toFixed(0)}`;
  console.log(`token + user pairs per second on one core (aim ≥ 3,000), ${label}: ${figures}`);
}

async function memory(measured: Server, client: Client): Promise<void> {
  const step = Math.ceil(soakLogins / 10);
  const seen: number[] = [];
  for (let done = 0; done < soakLogins; done += step) {
    await repeat(step, 16, async () => client.tokenAndUser(await client.code()));
    seen.push(Math.round(residentMb(measured)));
  }
  console.log(`resident MB after every ${step} of ${soakLogins} logins (goal: flat): ${seen.join(' ')}`);
}

function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}
