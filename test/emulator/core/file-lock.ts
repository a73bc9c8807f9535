/** Keeps programs that start at the same time (test workers) from building the same thing at once. */
import { mkdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { dirname } from 'node:path';

const LOOK_EVERY_MS = 200;
const REFRESH_EVERY_MS = 5_000;
/** A lock nobody refreshes belongs to a program that died. */
const STALE_AFTER_MS = 30_000;

function tryTake(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  if (age > STALE_AFTER_MS) rmSync(lock, { recursive: true, force: true });
  return false;
}

/** Runs `work` while no other program on this machine holds the same lock (a directory which this makes). */
export async function withFileLock<T>(lock: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(lock), { recursive: true });
  while (!tryTake(lock)) await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  const refresh = setInterval(() => utimesSync(lock, new Date(), new Date()), REFRESH_EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(refresh);
    rmSync(lock, { recursive: true, force: true });
  }
}
