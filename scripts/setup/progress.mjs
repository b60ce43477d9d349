const REDRAW = 250;

/**
 * Tells on a stream what begins and how long it took, a line each. On a terminal a last line counts the seconds of
 * what is under way.
 *
 * @param {NodeJS.WritableStream & { isTTY?: boolean, columns?: number }} stream
 */
export function progressOn(stream) {
  const underWay = new Map();
  let timer;

  function draw() {
    if (!stream.isTTY) return;
    const line = [...underWay].map(([title, start]) => `${title} ${seconds(start)}`).join(' · ');
    stream.write(`\r\u001b[K${line.slice(0, (stream.columns ?? 80) - 1)}`);
  }

  function say(line) {
    stream.write(`${stream.isTTY ? '\r\u001b[K' : ''}${line}\n`);
    draw();
  }

  /** Does the work and gives what it gives; a failure is told by whoever catches it. */
  async function step(title, work) {
    const start = Date.now();
    underWay.set(title, start);
    if (stream.isTTY) timer ??= setInterval(draw, REDRAW).unref();
    else say(`${title} …`);
    let result = 'failed';
    try {
      const value = await work();
      result = 'done';
      return value;
    } finally {
      underWay.delete(title);
      say(`${title}: ${result} after ${seconds(start)}`);
      if (underWay.size === 0) timer = clearInterval(timer);
    }
  }

  return { say, step };
}

function seconds(start) {
  return `${Math.round((Date.now() - start) / 1000)} s`;
}
