import { stripVTControlCharacters } from 'node:util';
import { type Emulator, startEmulator } from '../src/index.ts';
import { doctorUsage, readDoctorFlags } from './command-line.ts';
import { examine, type Report, type Result } from './examine.ts';
import { DoctorError } from './kakao.ts';

/** Where the command writes: the report, and progress. */
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

/** The report as text: the table by subject, then every failure with what was sent, seen, why, and how to fix it. */
export function reportText(report: Report): string {
  const { app, kakao, login, me, seconds, summary, cases } = report;
  const groups = [...new Set(cases.map(({ group }) => group))];
  const table = groups.flatMap((name) => [
    '',
    name,
    ...cases.filter(({ group }) => group === name).map(resultLine),
  ]);
  const failures = cases.filter(({ verdict }) => verdict === 'fail');
  const idle = cases.filter(({ verdict }) => verdict === 'not applicable');
  const lines = [
    `${app} at the local Kakao ${kakao}`,
    `login: ${login}; who is signed in: ${me}`,
    ...table,
    ...failures.flatMap(failureLines),
    ...(idle.length > 0 ? ['', 'Not applicable', ...idle.map(({ id, seen }) => `  ${id}: ${seen}`)] : []),
    '',
    `${summary.pass} passed, ${summary.fail} failed, ${summary.notApplicable} not applicable (${seconds} s)`,
  ];
  // The app's answers may contain escape sequences, which must not reach the terminal.
  return `${lines.map((line) => stripVTControlCharacters(line)).join('\n')}\n`;
}

const marks = { pass: 'pass', fail: 'FAIL', 'not applicable': ' -  ' } as const;

/** One line about a case: verdict, id, title. */
function resultLine({ verdict, id, title }: Result): string {
  return `  ${marks[verdict]}  ${id.padEnd(32)} ${title}`;
}

function failureLines({ id, title, kind, sent, seen, why, mend }: Result): string[] {
  const lines = [`sent: ${sent}`, `seen: ${seen}`, `why:  ${why}`, `mend: ${mend}`];
  return ['', `${kind.toUpperCase()}  ${id}: ${title}`, ...lines.map((line) => `  ${line}`)];
}
