/** Installing and uninstalling the app on the sites of a world, and starting a world over. */
import type { FlushablePersistence } from '../core/persistence';
import type { Installation, InvocationResult, JiraSite } from '../seam';
import type { FaultsInput } from './fault-schema';
import type { Platform } from './platform';

/** Key of the webtrigger module through which one installation serves as directory, and of the site which does. */
const DIRECTORY_MODULE = 'directory';
const DIRECTORY_SITE = 'directory';
const DIRECTORY_VARIABLE = 'DIRECTORY_URL';

/** Forge apps live on Cloud only. */
export function takesApps(site: JiraSite): boolean {
  return site.kind === 'cloud';
}

/** Installs the app there, or takes up the installation of an earlier run. */
export function install(platform: Platform, site: JiraSite): Installation {
  const { installation, isNew } = platform.installations.ensure(site);
  platform.queue.resume(installation);
  platform.events.resume(installation);
  platform.scheduler.start(installation);
  if (isNew) {
    const installer = site.users().find((user) => user.admin);
    platform.timeline.record({ site: site.key, kind: 'lifecycle', text: 'app installed' });
    platform.events.deliverLifecycle(installation, 'avi:forge:installed:app', {
      id: `ari:cloud:ecosystem::installation/${installation.id}`,
      installerAccountId: installer?.accountId,
      app: { id: platform.app.id, version: platform.app.version },
      environment: { id: platform.app.environmentId },
    });
  }
  platform.saveSite(site);
  return installation;
}

/** Lets every function know where the directory is, if the app and the world have one. */
function announceDirectory(platform: Platform): void {
  const installation = platform.installations.on(DIRECTORY_SITE);
  const served = platform.manifest.webtriggers.some((module) => module.key === DIRECTORY_MODULE);
  if (!installation || !served) return;
  platform.variables.set(DIRECTORY_VARIABLE, platform.webtriggers.urlOf(installation, DIRECTORY_MODULE));
}

/** Installs the app on every site that did not lose it by hand in an earlier run. */
export function installEverywhere(platform: Platform, options: { directory: boolean }): void {
  // The directory first: the others look for it when they are told of their installation.
  const order = platform.sites
    .filter(takesApps)
    .sort((left, right) => Number(right.key === DIRECTORY_SITE) - Number(left.key === DIRECTORY_SITE));
  for (const site of order) {
    if (platform.installations.wasRemoved(site.key)) continue;
    install(platform, site);
    if (options.directory) announceDirectory(platform);
  }
}

/** Forgets all that belongs to an installation, without telling the app. */
function drop(platform: Platform, installation: Installation): void {
  platform.scheduler.stop(installation);
  platform.events.forget(installation);
  platform.queue.forget(installation);
  platform.webtriggers.forget(installation);
  platform.kvs.forget(installation);
  platform.installations.remove(installation.site.key);
}

/** Runs `preUninstall`, whose failure stops nothing, and takes the app away with its data. */
export async function uninstall(platform: Platform, site: JiraSite): Promise<InvocationResult[]> {
  const installation = platform.installations.on(site.key);
  if (!installation) throw new Error(`The app is not installed on ${site.key}`);
  const results: InvocationResult[] = [];
  for (const module of platform.manifest.preUninstall) {
    results.push(
      await platform.invoker.invoke({
        installation,
        kind: 'preUninstall',
        functionKey: module.function,
        moduleKey: module.key,
        payload: { id: `ari:cloud:ecosystem::installation/${installation.id}`, eventType: 'preUninstall' },
      }),
    );
  }
  drop(platform, installation);
  platform.timeline.record({ site: site.key, kind: 'lifecycle', text: 'app uninstalled' });
  return results;
}

/** Back to the first day: sites as `pristine` has them, everything else forgotten, the app newly installed. */
export function resetPlatform(
  platform: Platform,
  options: {
    pristine: Map<string, unknown>;
    persistence: FlushablePersistence;
    directory: boolean;
    /** Faults that the world was started with. */
    faults: FaultsInput | undefined;
  },
): void {
  for (const installation of platform.installations.all()) drop(platform, installation);
  platform.faults.set({ ...options.faults, clear: true });
  for (const site of platform.sites) {
    const snapshot = options.pristine.get(site.key);
    if (snapshot !== undefined) site.restore(snapshot);
  }
  options.persistence.forget();
  platform.stats.reset();
  platform.calls.clear();
  platform.pool.recycle();
  for (const site of platform.sites.filter(takesApps)) install(platform, site);
  if (options.directory) announceDirectory(platform);
}
