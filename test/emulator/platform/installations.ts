/** The app's installations: made once, kept over restarts, ended by an uninstall. */
import { z } from 'zod';
import { randomUuid } from '../core/random';
import type { Installation, JiraSite, Persistence, Random } from '../seam';

const savedSchema = z.record(z.string(), z.object({ id: z.string() }));

export interface Installations {
  all(): Installation[];
  on(siteKey: string): Installation | undefined;
  /** The installation on this site and whether it was made now. */
  ensure(site: JiraSite): { installation: Installation; isNew: boolean };
  /** Forgets it; a later `ensure` makes another one, with another id. */
  remove(siteKey: string): void;
  /** True when an earlier run knew the site and had no app on it (uninstalled by hand). */
  wasRemoved(siteKey: string): boolean;
}

/** Reads what an earlier run saved. */
export function createInstallations(deps: {
  app: { id: string; name: string };
  random: Random;
  persistence: Persistence;
}): Installations {
  const saved = deps.persistence.load('installations');
  const known = saved === undefined ? undefined : savedSchema.parse(saved);
  const ids = new Map(Object.entries(known ?? {}).map(([site, { id }]) => [site, id]));
  const installed = new Map<string, Installation>();
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
      save();
      return { installation, isNew: oldId === undefined };
    },
    remove(siteKey) {
      installed.delete(siteKey);
      ids.delete(siteKey);
      save();
    },
    wasRemoved: (siteKey) => known !== undefined && !ids.has(siteKey),
  };
}
