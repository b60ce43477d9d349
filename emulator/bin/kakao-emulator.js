#!/usr/bin/env node
// Compiled when the package is packed; in a clone of its repository by `npm run setup`.
import '../dist/main.js';
