import { type Emulator, startEmulator } from '../index.ts';
import { DoctorError } from './error.ts';
import { examine } from './examine.ts';
import { doctorUsage, readDoctorFlags } from './flags.ts';
import { reportText, resultLine } from './report.ts';

/** Where the command writes: the report, and what goes on meanwhile. */
export interface Output {
  readonly write: (text: string) => void;
  readonly note: (text: string) => void;
}

/** `kakao-emulator doctor …`. Resolves with the exit code. */
export async function doctor(args: readonly string[], { write, note }: Output): Promise<0 | 1 | 2> {
  const flags = readDoctorFlags(args);
  if (flags.kind === 'help') {
    write(doctorUsage);
    return 0;
  }
  if (flags.kind === 'wrong') {
    note(`kakao-emulator doctor: ${flags.reason}\n\n${doctorUsage}`);
    return 2;
  }
  let own: Emulator | null = null;
  try {
    own = flags.kakaoUrl === null ? await startOwn(flags.port) : null;
    const options = { ...flags.options, kakaoUrl: flags.kakaoUrl ?? own?.url ?? '' };
    const report = await examine(options, (result) => note(`${resultLine(result)}\n`));
    write(flags.json ? `${JSON.stringify(report, null, 2)}\n` : reportText(report));
    return report.summary.fail > 0 ? 1 : 0;
  } catch (error) {
    if (!(error instanceof DoctorError)) throw error;
    note(`kakao-emulator doctor: ${error.message}\n`);
    return 2;
  } finally {
    await own?.close();
  }
}

/** A Kakao for this examination alone; rejects with `DoctorError` when the port is taken. */
function startOwn(port: number): Promise<Emulator> {
  return startEmulator({ port }).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    const url = `http://localhost:${port}`;
    throw new DoctorError(`port ${port} is taken: if the app's Kakao is there, name it with --kakao ${url}`);
  });
}
