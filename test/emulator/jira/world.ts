/** One Jira site as its parts see it: store, clock, search index, and the session of one request. */
import type { Actor, Clock, ProductEvent, Random } from '../seam';
import type { UserRow } from './entities';
import { refuse } from './problem';
import type { SearchIndex } from './search-index';
import type { Store } from './store';

export interface SiteFacts {
  key: string;
  name: string;
  cloudId: string;
  publicUrl: string;
  /** Time zone of the server and of callers without an account. */
  timeZone: string;
  buildNumber: number;
  /** Absent means Cloud. */
  flavour?: 'cloud' | 'datacenter';
}

export interface World {
  /** Version that addresses name while a request of version 2 is answered on Cloud; absent: the site's own. */
  readonly restVersion?: 2;
  readonly facts: SiteFacts;
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly index: SearchIndex;
  /**
   * Whether PUT issue refuses fields that are not on the edit screen. The July 2026 document says it no longer
   * looks, reports from 2026 show that it does; the strict reading is the default.
   */
  editChecksScreen: boolean;
  /** Values of entity properties that an app's manifest has declared for JQL; others cannot be searched. */
  indexedProperties: readonly IndexedProperty[];
  /**
   * What becomes of an event's payload at the moment it is noted: Data Center renders its webhooks here, because a
   * deleted issue can be read no later. Absent: the payload stays.
   */
  enrich?: (session: Session, eventType: string, payload: Record<string, unknown>) => Record<string, unknown>;
}

/** `issue.property[key].path` in JQL, as a `jira:entityProperty` module declares it. */
export interface IndexedProperty {
  key: string;
  path: string;
  kind: 'number' | 'text' | 'label' | 'date' | 'datetime' | 'user';
}

/** Who asks, when, and what the answer will cost. Everything below the routes takes a session. */
export interface Session {
  readonly world: World;
  readonly store: Store;
  readonly actor: Actor;
  readonly me: UserRow | undefined;
  readonly now: number;
  readonly timeZone: string;
  /** Notes an event; it leaves only when the request has succeeded. */
  emit(eventType: string, payload: Record<string, unknown>): void;
  /** Adds points for objects of the answer beyond the base. */
  cost: { core(objects: number): void; identity(objects: number): void };
}

/** The caller's account, or 401. */
export function requireUser(session: Session): UserRow {
  if (session.me === undefined) throw refuse(401, 'Client must be authenticated to access this resource.');
  return session.me;
}

/** An absolute address of this site. */
export function siteUrl(session: { world: World }, path: string): string {
  return `${session.world.facts.publicUrl}${path}`;
}

/** Whether the site is Jira Data Center: REST v2, user keys, wiki markup. */
export function isDataCenter(session: { world: World }): boolean {
  return session.world.facts.flavour === 'datacenter';
}

/** Address of a REST resource: version 3 on Cloud, 2 on Data Center. */
export function selfUrl(session: { world: World }, path: string): string {
  const version = session.world.restVersion ?? (isDataCenter(session) ? 2 : 3);
  return siteUrl(session, `/rest/api/${version}/${path}`);
}

/** A UUID out of the site's own randomness, so that a seed repeats it. */
export function newUuid(random: Random): string {
  const hex = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join('');
  const variant = '89ab'[Math.floor(random() * 4)];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** A session in which the site itself acts as one of its users; used to plant seeds. */
export function localSession(world: World, userId: string, now: number): Session {
  return {
    world,
    store: world.store,
    actor: { kind: 'user', accountId: userId },
    me: world.store.users.get(userId),
    now,
    timeZone: world.facts.timeZone,
    emit: () => undefined,
    cost: { core: () => undefined, identity: () => undefined },
  };
}

export type EventSink = (event: ProductEvent) => void;
