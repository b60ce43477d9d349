// npm run fidelity: writes the table of emulator/src/fidelity.ts into emulator/README.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tsImport } from 'tsx/esm/api';
import { exitWith } from './plain-error.mjs';
import { ROOT } from './root.mjs';

try {
  const { withFidelityTable } = await tsImport('../emulator/src/fidelity.ts', import.meta.url);
  const readme = join(ROOT, 'emulator', 'README.md');
  writeFileSync(readme, withFidelityTable(readFileSync(readme, 'utf8')));
} catch (error) {
  exitWith(error);
}
