// npm run emulator -- --port 4000: the local Kakao alone.
import { exitWith } from './plain-error.mjs';
import { startChild, stopChild } from './run/child.mjs';
import { setUp } from './setup.mjs';

try {
  // Its own first line is for programs to read, so set-up talks on stderr.
  await setUp(['dependencies', 'kakao'], { say: console.error });
  const kakao = startChild(['emulator/bin/kakao-emulator.js', ...process.argv.slice(2)]);
  let asked = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      asked = true;
      stopChild(kakao);
    });
  }
  const code = await kakao.ended;
  process.exit(asked ? 0 : code);
} catch (error) {
  exitWith(error);
}
