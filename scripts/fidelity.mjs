// npm run fidelity: writes the table of emulator/src/fidelity.ts into emulator/docs/endpoints.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tsImport } from 'tsx/esm/api';
import { exitWith, ROOT } from './run/command.mjs';

try {
  const { withFidelityTable } = await tsImport('../emulator/src/fidelity.ts', import.meta.url);
  const page = join(ROOT, 'emulator', 'docs', 'endpoints.md');
  writeFileSync(page, withFidelityTable(readFileSync(page, 'utf8')));
} catch (error) {
  exitWith(error);
}
