/** The app's installations: made once, kept over restarts, ended by an uninstall. */
import { z } from 'zod';
import { randomUuid } from '../core/random';
import type { Clock, Installation, JiraSite, Persistence, Random } from '../seam';

const savedSchema = z.record(z.string(), z.object({ id: z.string() }));

export interface Installations {
  all(): Installation[];
  on(siteKey: string): Installation | undefined;
  /** The installation on this site and whether it was made now. */
  ensure(site: JiraSite): { installation: Installation; isNew: boolean };
  /** Milliseconds since the app was installed there; Infinity for an installation of an earlier run. */
  ageOf(siteKey: string): number;
  /** Forgets it; a later `ensure` makes another one, with another id. */
  remove(siteKey: string): void;
  /** True when an earlier run knew the site and had no app on it (uninstalled by hand). */
  wasRemoved(siteKey: string): boolean;
}

/** Reads what an earlier run saved. */
export function createInstallations(deps: {
  app: { id: string; name: string };
  random: Random;
  clock: Clock;
  persistence: Persistence;
}): Installations {
  const saved = deps.persistence.load('installations');
  const known = saved === undefined ? undefined : savedSchema.parse(saved);
  const ids = new Map(Object.entries(known ?? {}).map(([site, { id }]) => [site, id]));
  const installed = new Map<string, Installation>();
  const madeAt = new Map<string, number>();
  const save = () =>
    deps.persistence.save('installations', () =>
      Object.fromEntries([...installed.values()].map(({ id, site }) => [site.key, { id }])),
    );
  return {
    all: () => [...installed.values()],
    on: (siteKey) => installed.get(siteKey),
    ensure(site) {
      const existing = installed.get(site.key);
      if (existing) return { installation: existing, isNew: false };
      const oldId = ids.get(site.key);
      const installation: Installation = {
        id: oldId ?? randomUuid(deps.random),
        site,
        contextAri: `ari:cloud:jira::site/${site.cloudId}`,
        appAccountId: site.ensureAppUser(deps.app).accountId,
      };
      installed.set(site.key, installation);
      if (oldId === undefined) madeAt.set(site.key, deps.clock.now());
      save();
      return { installation, isNew: oldId === undefined };
    },
    ageOf: (siteKey) => deps.clock.now() - (madeAt.get(siteKey) ?? Number.NEGATIVE_INFINITY),
    remove(siteKey) {
      installed.delete(siteKey);
      ids.delete(siteKey);
      save();
    },
    wasRemoved: (siteKey) => known !== undefined && !ids.has(siteKey),
  };
}
