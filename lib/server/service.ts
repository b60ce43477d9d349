import { statSync } from 'node:fs';
import { join } from 'node:path';
import options from '../../kakao-login.config';
import { filesOf, readService, type Service, ServiceError } from '../service/define';
import { type Env, EnvError, env } from './env';

let cached: Service | undefined;

/** What `kakao-login.config.ts` says, with the defaults of what it leaves out. Its only reader. */
export function service(): Service {
  cached ??= readService(options);
  return cached;
}

/**
 * Both configurations, the environment and `kakao-login.config.ts`.
 *
 * @throws EnvError naming all that is wrong in either
 */
export function configuration(): { readonly env: Env; readonly service: Service } {
  const inEnvironment = problemsOf(env);
  const inService = serviceProblems();
  if (inEnvironment.length + inService.length > 0) throw new EnvError([...inEnvironment, ...inService]);
  return { env: env(), service: service() };
}

/** What is wrong with `kakao-login.config.ts`: options, and files that are not in `public/`. */
export function serviceProblems(): readonly string[] {
  const problems = problemsOf(service);
  return problems.length > 0 ? problems : missingFiles(service(), 'public');
}

/** The files that a service names and that are not in this folder. */
export function missingFiles(named: Service, folder: string): string[] {
  const missing = filesOf(named).filter(({ path }) => !isFile(join(folder, path)));
  return missing.map(({ option, path }) => `${option}: there is no file ${path} in public/`);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function problemsOf(read: () => unknown): readonly string[] {
  try {
    read();
    return [];
  } catch (error) {
    if (error instanceof EnvError || error instanceof ServiceError) return error.problems;
    throw error;
  }
}
