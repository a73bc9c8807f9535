/** The newest calls with their bodies, bounded in number and in memory. */
import type { WebtriggerTraffic } from '../contracts';
import { WEBTRIGGER_LIMITS } from '../limits';

export interface TrafficLog {
  add(entry: WebtriggerTraffic): void;
  entries(): readonly WebtriggerTraffic[];
}

export function createTrafficLog(): TrafficLog {
  const kept: WebtriggerTraffic[] = [];
  let chars = 0;
  const sizeOf = (entry: WebtriggerTraffic): number => entry.requestBody.length + entry.responseBody.length;
  return {
    add(entry) {
      kept.push(entry);
      chars += sizeOf(entry);
      while (kept.length > WEBTRIGGER_LIMITS.trafficKept || chars > WEBTRIGGER_LIMITS.trafficCharsKept)
        chars -= sizeOf(kept.shift() as WebtriggerTraffic);
    },
    entries: () => [...kept],
  };
}
