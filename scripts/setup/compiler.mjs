import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { PlainError } from '../run/command.mjs';
import { run } from '../run/process.mjs';

/** What installs what node-gyp needs, by the `ID` or `ID_LIKE` of /etc/os-release. */
const INSTALL = {
  debian: 'apt-get install python3 make g++',
  alpine: 'apk add python3 make g++',
  fedora: 'dnf install python3 make gcc-c++',
  suse: 'zypper install python3 make gcc-c++',
  arch: 'pacman -S python make gcc',
};

/**
 * What of Python, make and a C++ compiler is not on the PATH. None on macOS, where each is there as a stub, and on
 * Windows, where node-gyp looks in the registry.
 */
export function missingTools() {
  if (process.platform === 'darwin' || process.platform === 'win32') return [];
  const { PYTHON, MAKE, CXX } = process.env;
  const tools = {
    python3: [PYTHON, 'python3', 'python'],
    make: [MAKE, 'make', 'gmake'],
    'g++': [CXX, 'g++', 'c++'],
  };
  return Object.keys(tools).filter((tool) => !tools[tool].some((name) => name && onPath(name)));
}

/** As root of a Debian, an Ubuntu or an Alpine they can be installed without a question. */
export function canInstallCompiler() {
  return process.getuid?.() === 0 && (onPath('apt-get') || onPath('apk'));
}

/** @throws {PlainError} with what the package manager said */
export async function installCompiler(signal) {
  const packages = ['python3', 'make', 'g++'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const commands = onPath('apt-get')
    ? [
        ['apt-get', ['update']],
        ['apt-get', ['install', '-y', '--no-install-recommends', ...packages]],
      ]
    : [['apk', ['add', '--no-cache', ...packages]]];
  let [code, said] = [0, ''];
  for (const [command, args] of commands) {
    const result = await run(command, args, { env, signal });
    code = result.code;
    said += result.output;
  }
  if (code === 0) return;
  throw new PlainError(
    `${said.trimEnd()}\nThe SQLite driver could not be downloaded, and what compiles it (${packages.join(', ')}) could not be installed (the messages are above): check the connection, or use Node 24.16 or newer, which has SQLite built in; then try again.`,
  );
}

/** What to do on this system, as the beginning of a sentence. */
export function adviceToInstall() {
  if (process.platform === 'darwin') return 'install the compiler with `xcode-select --install`';
  if (process.platform === 'win32') {
    return 'install Python 3 and the Visual Studio Build Tools with "Desktop development with C++"';
  }
  const ids = systemIds();
  const id = Object.keys(INSTALL).find((known) => ids.some((given) => given.startsWith(known)));
  if (id === undefined) return 'install Python 3, make and a C++ compiler';
  return `install them with \`${INSTALL[id]}\`${process.getuid?.() === 0 ? '' : ' as root'}`;
}

function systemIds() {
  const file = '/etc/os-release';
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const ids = [...text.matchAll(/^ID(?:_LIKE)?="?([^"\n]*)"?$/gm)].flatMap(([, value]) => value.split(' '));
  return ids.includes('ubuntu') ? [...ids, 'debian'] : ids;
}

function onPath(name) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));
}
