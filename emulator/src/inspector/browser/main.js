/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
// The inspector's own script: requests as they come, and forms without leaving the page.
import { followRequests } from './live-list.js';
import { actInPlace, refreshTools, tickClock } from './tools.js';

const noScript = document.querySelectorAll('[data-no-script]');
for (const element of noScript) element.remove();

followRequests(refreshTools);
actInPlace();
tickClock();
