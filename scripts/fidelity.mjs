// npm run fidelity: writes the table of emulator/src/fidelity.ts into emulator/README.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tsImport } from 'tsx/esm/api';
import { exitWith, ROOT } from './run/command.mjs';

try {
  const { withFidelityTable } = await tsImport('../emulator/src/fidelity-table.ts', import.meta.url);
  const readme = join(ROOT, 'emulator', 'README.md');
  writeFileSync(readme, withFidelityTable(readFileSync(readme, 'utf8')));
} catch (error) {
  exitWith(error);
}
