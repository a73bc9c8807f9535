/** One emulated Jira Cloud site: seed, REST, events, app users, snapshot. */
import { createHash } from 'node:crypto';
import { recorded } from '../contract/record-exchanges';
import type { Clock, JiraSite, ProductEvent, Random, SeededUser } from '../seam';
import { admitApp } from './admin/admit-app';
import { agileRoutes } from './agile/agile-routes';
import type { UserRow } from './entities';
import type { PointsPool } from './points-pool';
import { RateLimits } from './rate-limits';
import { createRouter, type Route } from './router';
import { activityRoutes } from './routes/activity';
import { adminRoutes } from './routes/admin';
import { dailyRoutes, dailyWorkers } from './routes/daily';
import { fieldRoutes } from './routes/fields';
import { fileRoutes } from './routes/files';
import { issueRoutes } from './routes/issues';
import { metaRoutes } from './routes/meta';
import { peopleRoutes } from './routes/people';
import { projectRoutes } from './routes/projects';
import { propertyRoutes } from './routes/properties';
import { searchRoutes } from './routes/search';
import { inVersionTwo } from './routes/version-two';
import { worklogRoutes } from './routes/worklogs';
import { type IndexSnapshot, SearchIndex } from './search-index';
import { ACME } from './seed/acme-world';
import { DIRECTORY } from './seed/directory-world';
import { GLOBEX } from './seed/globex-world';
import { plant } from './seed/plant';
import type { WorldSeed } from './seed/seed-types';
import { createStore } from './store';
import type { World } from './world';

const SEEDS: Readonly<Record<string, WorldSeed>> = { acme: ACME, globex: GLOBEX, directory: DIRECTORY };

const VERSION_THREE: readonly Route[] = [
  ...issueRoutes,
  ...activityRoutes,
  ...worklogRoutes,
  ...fileRoutes,
  ...propertyRoutes,
  ...projectRoutes,
  ...adminRoutes,
  ...fieldRoutes,
  ...peopleRoutes,
  ...searchRoutes,
  ...metaRoutes,
  ...dailyRoutes,
];

/** Every operation of a Cloud site; Data Center takes over what is the same there. */
export const CLOUD_ROUTES: readonly Route[] = [
  ...VERSION_THREE,
  ...inVersionTwo(VERSION_THREE),
  ...agileRoutes,
];

export interface CloudSiteOptions {
  /** `acme`, `globex` or `directory`. */
  key: string;
  clock: Clock;
  random: Random;
  /** Points that the app has over all sites of its world; default: a pool of the site's own. */
  points?: PointsPool;
  /** See World.editChecksScreen; default true. */
  editChecksScreen?: boolean;
  /** See World.indexedProperties; default none. */
  indexedProperties?: World['indexedProperties'];
}

/** A Cloud site, with what the emulator's own parts need beyond the seam. */
export interface CloudSite extends JiraSite {
  /** Operations by level, for the coverage list. */
  operations(): { method: string; path: string; level: Route['level']; note: string }[];
}

/** Makes the site and plants its seed; equal randomness gives an equal site. */
export function createCloudSite(options: CloudSiteOptions): CloudSite {
  const seed = SEEDS[options.key];
  if (seed === undefined) throw new Error(`there is no Cloud site '${options.key}'`);
  const store = createStore();
  const index = new SearchIndex();
  const limits = new RateLimits(options.points);
  const listeners: ((event: ProductEvent) => void)[] = [];
  const world: World = {
    facts: {
      key: seed.key,
      name: seed.name,
      cloudId: seed.cloudId,
      publicUrl: seed.publicUrl,
      timeZone: seed.timeZone,
      buildNumber: seed.buildNumber,
    },
    store,
    clock: options.clock,
    random: options.random,
    index,
    editChecksScreen: options.editChecksScreen ?? true,
    indexedProperties: options.indexedProperties ?? [],
  };
  plant(world, seed);
  const tell = (event: ProductEvent) => {
    for (const listener of listeners) listener(event);
  };
  const router = createRouter(world, CLOUD_ROUTES, limits, tell, dailyWorkers);

  return {
    key: seed.key,
    name: seed.name,
    kind: 'cloud',
    cloudId: seed.cloudId,
    publicUrl: seed.publicUrl,
    handle: recorded({ key: seed.key, kind: 'cloud' }, (request, actor) => router.handle(request, actor)),
    operations: () => router.operations(),
    onEvent: (listener) => {
      listeners.push(listener);
    },
    users: () => people(store.users.all()),
    authenticate: (email, token) =>
      people(store.users.all()).find((user) => user.email === email && user.token === token),
    ensureAppUser(app) {
      const accountId = appAccountId(seed.key, app.id);
      if (store.users.get(accountId) === undefined) {
        store.users.put(appUser(accountId, app, seed.timeZone));
        for (const project of store.projects.all()) store.projects.put(admitApp(project, accountId));
      }
      return { accountId };
    },
    accountState(accountId) {
      const account = store.users.get(accountId);
      if (account?.accountType === 'app') return 'app';
      return account && (account.active ? 'active' : 'deactivated');
    },
    isJiraAdmin: (accountId) => store.users.get(accountId)?.admin === true,
    snapshot: () => ({ ...store.snapshot(), searchIndex: index.snapshot(options.clock.now()) }),
    restore(snapshot) {
      const saved = (snapshot ?? {}) as Record<string, unknown>;
      store.restore(saved);
      index.restore(saved['searchIndex'] as IndexSnapshot | undefined);
      limits.clear();
    },
    setIndexLag: (ms) => index.setLag(ms, ms > 0 ? Math.floor(options.random() * 2 ** 32) : 0),
  };
}

/** People who can sign in, administrators first. */
function people(rows: readonly UserRow[]): SeededUser[] {
  return rows
    .filter((row) => row.accountType === 'atlassian' && row.active)
    .sort(
      (left, right) => Number(right.admin) - Number(left.admin) || left.name.localeCompare(right.name, 'en'),
    )
    .map((row) => ({
      accountId: row.id,
      name: row.name,
      email: row.email,
      token: row.token,
      admin: row.admin,
    }));
}

/** The same app has another account on every site. */
function appAccountId(siteKey: string, appId: string): string {
  const hex = createHash('sha256').update(`${siteKey} ${appId}`).digest('hex');
  return `712020:${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function appUser(id: string, app: { id: string; name: string }, timeZone: string): UserRow {
  return {
    id,
    name: app.name,
    email: '',
    token: '',
    admin: false,
    accountType: 'app',
    active: true,
    timeZone,
    locale: 'en_US',
    groupIds: [],
    emailVisible: false,
    appId: app.id,
  };
}
