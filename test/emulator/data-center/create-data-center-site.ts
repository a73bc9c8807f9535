/** One emulated Jira Data Center: REST v2 over the same store, workflow and search as the Cloud sites; no app can be installed. */

import { recorded } from '../contract/record-exchanges';
import type { UserRow } from '../jira/entities';
import { createRouter, type Route } from '../jira/router';
import { type IndexSnapshot, SearchIndex } from '../jira/search-index';
import { INITECH } from '../jira/seed/initech-world';
import { plant } from '../jira/seed/plant';
import { createStore, type Store } from '../jira/store';
import type { EventSink, World } from '../jira/world';
import type { Actor, Clock, JiraSite, Random, SeededUser, WebhookDelivery } from '../seam';
import { hashOf, tokenOwner } from './access-tokens';
import { REFUSED_OPERATIONS } from './refused-operations';
import { type ServerLimit, ServerLimits } from './server-limits';
import { SERVER_ROUTES } from './server-routes';
import { deliveriesOf } from './webhooks';

export interface DataCenterOptions {
  /** `initech`. */
  key: string;
  clock: Clock;
  random: Random;
}

/** A Data Center site, with what the emulator's own parts need beyond the seam. */
export interface DataCenterSite extends JiraSite {
  readonly kind: 'datacenter';
  operations(): { method: string; path: string; level: Route['level']; note: string }[];
  authenticateToken(token: string): SeededUser | undefined;
  onWebhook(listener: (delivery: WebhookDelivery) => void): void;
  /** Switches rate limiting on; undefined switches it off, which is how it starts. */
  setRateLimit(limit: ServerLimit | undefined): void;
}

/** Makes the site and plants its seed; equal randomness gives an equal site. */
export function createDataCenterSite(options: DataCenterOptions): DataCenterSite {
  if (options.key !== INITECH.key) throw new Error(`there is no Data Center site '${options.key}'`);
  const { clock, random } = options;
  const store = createStore();
  const limits = new ServerLimits();
  const world = createServerWorld(store, clock, random);
  plant(world, INITECH);
  plantTokens(store, clock.now());
  const listeners: ((delivery: WebhookDelivery) => void)[] = [];
  const tell: EventSink = (event) => {
    const deliveries = event.payload['deliveries'] as readonly WebhookDelivery[];
    for (const delivery of deliveries) for (const listener of listeners) listener(delivery);
  };
  const router = createRouter(world, SERVER_ROUTES, limits, tell, {}, REFUSED_OPERATIONS);
  const people = () => seededUsers(store.users.all());
  return {
    key: INITECH.key,
    name: INITECH.name,
    kind: 'datacenter',
    cloudId: INITECH.cloudId,
    publicUrl: INITECH.publicUrl,
    handle: recorded({ key: INITECH.key, kind: 'datacenter' }, async (request, actor) =>
      signed(await router.handle(request, actor), store, actor),
    ),
    operations: () => [...router.operations(), ...REFUSED_OPERATIONS],
    onEvent: () => undefined,
    onWebhook: (listener) => {
      listeners.push(listener);
    },
    users: people,
    authenticate: (name, password) =>
      people().find((user) => user.username === name.toLowerCase() && user.password === password),
    authenticateToken(token) {
      const owner = tokenOwner(store, token, clock.now());
      return people().find((user) => user.accountId === owner);
    },
    ensureAppUser() {
      throw new Error('no Forge app can be installed on Data Center');
    },
    isJiraAdmin: (accountId) => store.users.get(accountId)?.admin === true,
    snapshot: () => ({ ...store.snapshot(), searchIndex: world.index.snapshot(clock.now()) }),
    restore(snapshot) {
      const saved = (snapshot ?? {}) as Record<string, unknown>;
      store.restore(saved);
      world.index.restore(saved['searchIndex'] as IndexSnapshot | undefined);
      limits.set(undefined);
    },
    setIndexLag: (ms) => world.index.setLag(ms, ms > 0 ? Math.floor(random() * 2 ** 32) : 0),
    setRateLimit: (limit) => limits.set(limit),
  };
}

function createServerWorld(store: Store, clock: Clock, random: Random): World {
  return {
    facts: {
      key: INITECH.key,
      name: INITECH.name,
      cloudId: INITECH.cloudId,
      publicUrl: INITECH.publicUrl,
      timeZone: INITECH.timeZone,
      buildNumber: INITECH.buildNumber,
      flavour: 'datacenter',
    },
    store,
    clock,
    random,
    index: new SearchIndex(),
    editChecksScreen: true,
    indexedProperties: [],
    enrich: (session, eventType, payload) => ({ deliveries: deliveriesOf(session, eventType, payload) }),
  };
}

/** The tokens that the health page tells of. */
function plantTokens(store: Store, now: number): void {
  for (const user of store.users.all()) {
    store.accessTokens.put({
      id: store.nextId('accessToken'),
      userId: user.id,
      name: 'planted with the site',
      hash: hashOf(user.token),
      created: now,
    });
  }
}

/** People who can sign in, administrators first. */
function seededUsers(rows: readonly UserRow[]): SeededUser[] {
  return rows
    .filter((row) => row.active)
    .sort(
      (left, right) => Number(right.admin) - Number(left.admin) || left.name.localeCompare(right.name, 'en'),
    )
    .map((row) => ({
      accountId: row.id,
      name: row.name,
      email: row.email,
      token: row.token,
      admin: row.admin,
      username: row.username ?? row.id,
      password: row.password ?? '',
    }));
}

/** Every answer says who asked, as Jira's does. */
function signed(response: Response, store: Store, actor: Actor): Response {
  const user = actor.kind === 'anonymous' ? undefined : store.users.get(actor.accountId);
  const headers = new Headers(response.headers);
  headers.set('x-ausername', user?.username ?? 'anonymous');
  return new Response(response.body, { status: response.status, headers });
}
