import { stripVTControlCharacters } from 'node:util';
import type { Report, Result } from './examine.ts';

const marks = { pass: 'pass', fail: 'FAIL', 'not applicable': ' -  ' } as const;

/** One line about a case: verdict, id, title. */
export function resultLine({ verdict, id, title }: Result): string {
  return `  ${marks[verdict]}  ${id.padEnd(32)} ${title}`;
}

/** The whole report for people: the table by subject, then every failure with what was sent, seen, why, and how to mend it. */
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
  // What an app answered is shown, but must not steer the terminal.
  return `${lines.map((line) => stripVTControlCharacters(line)).join('\n')}\n`;
}

function failureLines({ id, title, kind, sent, seen, why, mend }: Result): string[] {
  const lines = [`sent: ${sent}`, `seen: ${seen}`, `why:  ${why}`, `mend: ${mend}`];
  return ['', `${kind.toUpperCase()}  ${id}: ${title}`, ...lines.map((line) => `  ${line}`)];
}
