import { doctor } from './doctor.ts';

if (process.env['NODE_ENV'] === 'production') {
  process.stderr.write(
    'kakao-emulator: doctor provokes failures and makes people; it does not run with NODE_ENV=production\n',
  );
  process.exitCode = 1;
} else {
  process.exitCode = await doctor(process.argv.slice(3), {
    write: (text) => process.stdout.write(text),
    note: (text) => process.stderr.write(text),
  });
}
