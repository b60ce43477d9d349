// npm run doctor [-- --live] [-- --production]: examines the configuration and says what to mend, and what to set at Kakao.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { exitWith, PlainError, ROOT } from './run/command.mjs';
import { devAddress } from './run/dev-address.mjs';
import { readEnv, readPort, withoutMachineName } from './run/environment.mjs';

const FLAGS = ['--live', '--production'];
const SIGNS = { fine: '✓', todo: '→', doubtful: '!', wrong: '✗' };

async function main() {
  const args = process.argv.slice(2);
  const unknown = args.find((arg) => !FLAGS.includes(arg));
  if (unknown) throw new PlainError(`${unknown} is not known: npm run doctor -- ${FLAGS.join(' ')}`);
  if (!existsSync(join(ROOT, 'node_modules', 'tsx'))) throw new PlainError('Run `npm run setup` first.');
  const live = args.includes('--live');
  const production = args.includes('--production') || process.env.NODE_ENV === 'production';
  const source = await readSource({ production, live });
  const { tsImport } = await import('tsx/esm/api');
  const { examineSettings } = await tsImport('../lib/server/doctor.ts', import.meta.url);
  const { env, findings } = examineSettings(source);
  print(`Settings, as ${production ? 'production' : 'development'} reads them`, findings);
  const face = await examineFace(tsImport);
  const all = [...findings, ...face, ...(env && live ? await examineLive(tsImport, env) : [])];
  if (live && !env) console.log('\nKakao was not asked: mend the settings first.');
  if (!live) console.log('\nKakao was not asked; `npm run doctor -- --live` does.');
  const count = (kind) => all.filter((one) => one.kind === kind).length;
  console.log(`\n${count('wrong')} wrong, ${count('doubtful')} to look at.`);
  process.exitCode = count('wrong') > 0 ? 1 : 0;
}

/** What the service says of itself in kakao-login.config.ts. */
async function examineFace(tsImport) {
  const { serviceProblems } = await tsImport('../lib/server/service.ts', import.meta.url);
  const findings = serviceProblems().map((problem) => {
    const [, about, text] = /^([^:]+): (.*)$/.exec(problem);
    return { kind: 'wrong', about, text };
  });
  if (findings.length > 0) print('\nkakao-login.config.ts', findings);
  return findings;
}

async function examineLive(tsImport, env) {
  const { examineLive: examine } = await tsImport('../lib/server/doctor-live.ts', import.meta.url);
  const findings = await examine(env);
  print('Kakao and the app, asked now', findings);
  return findings;
}

/** The environment as the app would get it: in development without a key, with the local Kakao that `npm run dev` starts. */
async function readSource({ production, live }) {
  const env = await readEnv({ dev: !production });
  const source = { ...withoutMachineName(env), NODE_ENV: production ? 'production' : 'development' };
  if (production) return source;
  const { port, publicUrl } = await devAddress(source).catch(() => ({}));
  const address = publicUrl ? { PORT: String(port), NEXTAUTH_URL: publicUrl } : {};
  if (source.KAKAO_CLIENT_ID !== undefined) return { ...source, ...address };
  console.log('KAKAO_CLIENT_ID is not set: development uses the local Kakao.\n');
  const kakaoPort = readPort(source, 'KAKAO_EMULATOR_PORT', 4000);
  const kakao = `http://${publicUrl ? new URL(publicUrl).hostname : 'localhost'}:${kakaoPort}`;
  return { ...source, ...address, ...(await keysOfLocalKakao(kakao, live)) };
}

/** Its first app, as `npm run dev` takes it; its name for a key where it is not to be asked, or does not run. */
async function keysOfLocalKakao(origin, live) {
  const app = live ? await firstApp(origin) : undefined;
  return {
    KAKAO_AUTH_ORIGIN: origin,
    KAKAO_API_ORIGIN: origin,
    KAKAO_CLIENT_ID: app?.clientId ?? 'local-kakao',
    KAKAO_CLIENT_SECRET: app?.clientSecret ?? 'of-the-local-kakao',
    KAKAO_APP_ID: String(app?.appId ?? 1),
    KAKAO_ADMIN_KEY: app?.adminKey ?? 'key-of-the-local-kakao',
  };
}

async function firstApp(origin) {
  try {
    const answer = await fetch(`${origin}/__emulator/v1/apps`, { signal: AbortSignal.timeout(5_000) });
    return (await answer.json()).apps[0];
  } catch {
    throw new PlainError(`The local Kakao does not answer at ${origin}: start it with \`npm run dev\`.`);
  }
}

function print(title, findings) {
  console.log(`${title}:`);
  for (const { kind, about, text } of findings) console.log(`  ${SIGNS[kind]} ${about}: ${text}`);
}

main().catch(exitWith);
