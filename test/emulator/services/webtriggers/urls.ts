/** The public addresses of webtriggers: made on demand, stable until deleted, one installation's own. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Persistence } from '../../seam';
import type { WebtriggerModule } from '../contracts';

const HOST_V2 = 'webtrigger.atlassian.app';
const HOST_V1 = 'hello.atlassian-dev.net';

const urlSchema = z.object({
  id: z.string(),
  installationId: z.string(),
  moduleKey: z.string(),
  url: z.string(),
});
export type WebtriggerUrl = z.infer<typeof urlSchema>;
const snapshotSchema = z.object({ made: z.number(), urls: z.array(urlSchema) });

export interface WebtriggerUrls {
  /** Newest active address of a module. */
  find(installationId: string, moduleKey: string): WebtriggerUrl | undefined;
  list(installationId: string): WebtriggerUrl[];
  create(installationId: string, module: WebtriggerModule): WebtriggerUrl;
  /** False when the installation has no such address. */
  delete(installationId: string, id: string): boolean;
  /** The address a request was sent to, with what follows the id in its path. */
  resolve(url: URL): { url: WebtriggerUrl; userPath: string } | undefined;
  owns(host: string): boolean;
  forget(installationId: string): void;
}

export function createWebtriggerUrls(appId: string, persistence: Persistence): WebtriggerUrls {
  const saved = snapshotSchema.parse(persistence.load('webtriggers') ?? { made: 0, urls: [] });
  const urls = new Map(saved.urls.map((url) => [url.id, url]));
  // Counts on over restarts and deletions, so that an id never comes back.
  let made = saved.made;
  const save = () => persistence.save('webtriggers', () => ({ made, urls: [...urls.values()] }));

  function addressOf(installationId: string, module: WebtriggerModule, id: string): string {
    return module.urlFormat === 'v2'
      ? `https://${installationId}.${HOST_V2}/public/${id}`
      : `https://${appId}.${HOST_V1}/x1/${id}`;
  }

  return {
    find: (installationId, moduleKey) =>
      [...urls.values()]
        .reverse()
        .find((url) => url.installationId === installationId && url.moduleKey === moduleKey),
    list: (installationId) => [...urls.values()].filter((url) => url.installationId === installationId),
    create(installationId, module) {
      made += 1;
      const seed = `${appId} ${installationId} ${module.key} ${made}`;
      const id = createHash('sha256').update(seed).digest('base64url').replace(/[-_]/g, 'x').slice(0, 32);
      const url = {
        id,
        installationId,
        moduleKey: module.key,
        url: addressOf(installationId, module, id),
      };
      urls.set(id, url);
      save();
      return url;
    },
    delete(installationId, id) {
      if (urls.get(id)?.installationId !== installationId) return false;
      urls.delete(id);
      save();
      return true;
    },
    resolve(url) {
      const [, id, userPath = ''] = /^\/(?:public|x1)\/([^/]+)(\/.*)?$/.exec(url.pathname) ?? [];
      const known = id === undefined ? undefined : urls.get(id);
      // The host names the installation (v2) or the app (v1): an id under another host is unknown there.
      if (known === undefined || !known.url.startsWith(`https://${url.hostname}/`)) return undefined;
      if (!url.pathname.startsWith(new URL(known.url).pathname)) return undefined;
      return { url: known, userPath };
    },
    owns: (host) => host.endsWith(`.${HOST_V2}`) || host === `${appId}.${HOST_V1}`,
    forget(installationId) {
      for (const url of [...urls.values()]) if (url.installationId === installationId) urls.delete(url.id);
      save();
    },
  };
}
