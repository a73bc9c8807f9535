/** State which outlives a restart: one JSON file for each part, written atomically and not too often. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Persistence } from '../seam';

/** Long enough to gather a burst of changes, short enough that a crash of the emulator loses little. */
const DEBOUNCE_MS = 500;

export interface FlushablePersistence extends Persistence {
  /** Writes what is waiting, now. */
  flush(): void;
  /** Forgets everything that was saved. */
  forget(): void;
  /** Writes what is waiting; what is saved later, by work that ends after its world, is dropped. */
  close(): void;
}

/** Keeps parts under `directory`; `fresh` forgets what an earlier run left. */
export function createFilePersistence(directory: string, fresh: boolean): FlushablePersistence {
  if (fresh) rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const waiting = new Map<string, () => unknown>();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const fileOf = (name: string) => join(directory, `${name.replace(/[^a-zA-Z0-9_-]/g, '-')}.json`);
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    for (const [name, snapshot] of waiting) {
      waiting.delete(name);
      const file = fileOf(name);
      // The rename is atomic: a reader sees the old text or the new one, never half of it.
      writeFileSync(`${file}.new`, JSON.stringify(snapshot()));
      renameSync(`${file}.new`, file);
    }
  };
  return {
    load(name) {
      const file = fileOf(name);
      if (!existsSync(file)) return undefined;
      try {
        return JSON.parse(readFileSync(file, 'utf8'));
      } catch (cause) {
        throw new Error(`${file} cannot be read; start with --fresh to forget the saved state`, { cause });
      }
    },
    save(name, snapshot) {
      if (closed) return;
      waiting.set(name, snapshot);
      timer ??= setTimeout(flush, DEBOUNCE_MS).unref();
    },
    flush,
    forget() {
      waiting.clear();
      rmSync(directory, { recursive: true, force: true });
      mkdirSync(directory, { recursive: true });
    },
    close() {
      flush();
      closed = true;
    },
  };
}

/** Remembers nothing: for worlds that live as long as a test. */
export function createNoPersistence(): FlushablePersistence {
  return { load: () => undefined, save: () => {}, flush: () => {}, forget: () => {}, close: () => {} };
}
