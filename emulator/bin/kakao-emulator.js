#!/usr/bin/env node
// Compiled when the package is packed; in a clone of its repository by `npm run setup`.
if (process.argv[2] === 'doctor') await import('../dist/doctor.js');
else await import('../dist/main.js');
