/** How much memory the functions of the running emulator hold at most, as the kernel counts it. */
import { readdirSync, readFileSync } from 'node:fs';

export interface MemoryPeak {
  /** Bytes, of the largest process seen so far. */
  stop(): number;
}

/** Looks at all processes that run a function instance; Linux only, elsewhere the peak is 0. */
export function watchPeak(everyMs = 50): MemoryPeak {
  let peak = 0;
  const look = (): void => {
    for (const bytes of instancePeaks()) peak = Math.max(peak, bytes);
  };
  const timer = setInterval(look, everyMs);
  return {
    stop() {
      look();
      clearInterval(timer);
      return peak;
    },
  };
}

function instancePeaks(): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      const isChild = Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]) === process.pid;
      if (!isChild || !readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('instance.cjs')) return [];
      return [Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024];
    } catch {
      // It ended while we looked.
      return [];
    }
  });
}
