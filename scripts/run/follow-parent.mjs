// Preloaded into a child process as follow-parent.mjs?pid=<parent>: ends it when the process that started it is
// gone, even after a hard kill, and even when that happened before this line ran.
const starter = Number(new URL(import.meta.url).searchParams.get('pid'));
const parent = process.ppid;

setInterval(() => {
  if (process.ppid !== parent || !isAlive(starter)) process.kill(process.pid, 'SIGTERM');
}, 500).unref();

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
