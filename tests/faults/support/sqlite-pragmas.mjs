// Loaded into the app by NODE_OPTIONS: runs the PRAGMAs that a test writes into the file SQLITE_PRAGMAS on every SQLite
// connection of the process. So the app meets SQLite's own refusals, of a full disk for example, without any code for it.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';

const connections = new Set();

function remember(prototype) {
  const { prepare } = prototype;
  prototype.prepare = function (...args) {
    connections.add(this);
    return prepare.apply(this, args);
  };
}

const builtIn = process.getBuiltinModule?.('node:sqlite');
if (builtIn) remember(builtIn.DatabaseSync.prototype);
try {
  remember(createRequire(import.meta.url)('better-sqlite3').prototype);
} catch {
  // Left out where Node brings SQLite along.
}

const file = process.env.SQLITE_PRAGMAS;
setInterval(() => {
  if (connections.size === 0 || !existsSync(file)) return;
  const script = readFileSync(file, 'utf8');
  for (const connection of connections) {
    // Each driver has its own word for it.
    if (connection.open ?? connection.isOpen) connection.exec(script);
  }
  rmSync(file);
}, 20).unref();
