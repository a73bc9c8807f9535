/**
 * The program of one function instance. Between invocations it blocks on the pipe that brings the next event: like a frozen
 * Lambda it runs nothing then, and what an invocation left behind goes on when the next one begins.
 */
const { readSync } = require('node:fs');
const { join } = require('node:path');
const { performance } = require('node:perf_hooks');
const { installSeededRandom, setSeed } = require('./seeded-random.cjs');
const { installVirtualTime, setVirtualTime } = require('./virtual-time.cjs');

const EVENT_PIPE = 3;
const NEWLINE = 0x0a;
const RETRY_MS = 5;

const send = process.send.bind(process);
// The app must not see the channel to the emulator.
process.send = undefined;
process.on('disconnect', () => process.exit());

installSeededRandom();
installVirtualTime();
hearVirtualTime();

const { main } = require(join(process.env.FORGE_EFS_RUNTIME_PATH, '__forge__.cjs'));

let read = Buffer.alloc(0);

/** Time may go on while a function waits for the platform: each answer tells the moment it left. */
function hearVirtualTime() {
  const realFetch = globalThis.fetch;
  globalThis.fetch = async (...args) => {
    const response = await realFetch(...args);
    const now = response.headers.get('x-emulator-now');
    if (now !== null) setVirtualTime(Number(now));
    return response;
  };
}

/** Blocks the whole process. Null when the emulator is gone. */
function readChunk() {
  const chunk = Buffer.alloc(65_536);
  while (true) {
    try {
      const size = readSync(EVENT_PIPE, chunk, 0, chunk.length, null);
      return size === 0 ? null : chunk.subarray(0, size);
    } catch (error) {
      if (error.code === 'EOF') return null;
      if (error.code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
    }
  }
}

function waitForEvent() {
  const parts = [read];
  let last = read;
  let end = last.indexOf(NEWLINE);
  while (end < 0) {
    last = readChunk();
    if (last === null) process.exit(0);
    end = last.indexOf(NEWLINE);
    parts.push(last);
  }
  parts[parts.length - 1] = last.subarray(0, end);
  read = last.subarray(end + 1);
  return JSON.parse(Buffer.concat(parts).toString('utf8'));
}

async function serve({ event, deadlineMs, seed, now }) {
  setSeed(seed);
  setVirtualTime(now);
  const startedAt = performance.now();
  const answer = await main(event, {
    awsRequestId: event._meta.appContext.invocationId,
    // Whole milliseconds, as the Lambda runtime counts them.
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(deadlineMs - (performance.now() - startedAt))),
  });
  // Logs written before the answer leave first, so that a reader finds them when the invocation is over.
  process.stdout.write('', () => send({ answer }, next));
}

function next() {
  const message = waitForEvent();
  // One turn first: timers that fell due and connections that closed meanwhile are heard before the handler runs.
  setImmediate(() => serve(message));
}

next();
