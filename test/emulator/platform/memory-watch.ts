/** Watches how much memory a process really holds: heap, buffers and code together. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';

const KIB = 1024;
const LOOK_EVERY_MS = 20;
/** Where a program must be started for each look. */
const LOOK_SELDOM_MS = 500;

/** Resident bytes; `undefined` when the process is gone. */
function residentOnLinux(pid: number): number | undefined {
  try {
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kilobytes === undefined ? undefined : Number(kilobytes) * KIB;
  } catch {
    return undefined;
  }
}

/** `ps` of BSD and macOS. Windows has none: there only the limit of the heap holds. */
function residentByPs(pid: number, tell: (bytes: number) => void): void {
  execFile('ps', ['-o', 'rss=', '-p', String(pid)], (error, output) => {
    const kilobytes = Number(output.trim());
    if (!error && kilobytes > 0) tell(kilobytes * KIB);
  });
}

/** Calls `onExceeded` once when `pid` holds more than `limitBytes`; stop it with the function it returns. */
export function watchMemory(pid: number, limitBytes: number, onExceeded: () => void): () => void {
  const linux = process.platform === 'linux';
  const judge = (bytes: number | undefined) => {
    if (bytes === undefined || bytes <= limitBytes) return;
    clearInterval(timer);
    onExceeded();
  };
  const timer = setInterval(
    () => (linux ? judge(residentOnLinux(pid)) : residentByPs(pid, judge)),
    linux ? LOOK_EVERY_MS : LOOK_SELDOM_MS,
  );
  timer.unref();
  return () => clearInterval(timer);
}
