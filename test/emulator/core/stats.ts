/** Counters by site, behind `GET /__emulator/stats`. */
import type { Stats } from '../seam';
import type { SiteStats } from '../world-contract';

export interface ReadableStats extends Stats {
  snapshot(): Record<string, SiteStats>;
  reset(): void;
}

/** Empty counters; they live as long as the process and are never saved. */
export function createStats(): ReadableStats {
  const sites = new Map<string, SiteStats>();
  const statsOf = (site: string): SiteStats => {
    const known = sites.get(site);
    if (known) return known;
    const made: SiteStats = { counters: {}, groups: {} };
    sites.set(site, made);
    return made;
  };
  return {
    add(site, counter, by = 1) {
      const { counters } = statsOf(site);
      counters[counter] = (counters[counter] ?? 0) + by;
    },
    addTo(site, group, label, by = 1) {
      const { groups } = statsOf(site);
      const labels = groups[group] ?? {};
      groups[group] = labels;
      labels[label] = (labels[label] ?? 0) + by;
    },
    snapshot: () => structuredClone(Object.fromEntries(sites)),
    reset: () => sites.clear(),
  };
}
