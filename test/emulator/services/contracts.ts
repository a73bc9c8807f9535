/**
 * What the platform services take and give. Each factory lives in its own folder:
 * `kvs/create-kvs`, `queue/create-queue`, `webtriggers/create-webtriggers`, `events/create-event-delivery`,
 * `scheduler/create-scheduler`.
 */
import type {
  Activity,
  Clock,
  FaultPlan,
  Installation,
  InvocationResult,
  Invoker,
  PendingWork,
  Persistence,
  ProductEvent,
  Random,
  Stats,
  Timeline,
} from '../seam';

/** What every service but the store needs of the world. */
export interface ServiceWorld {
  clock: Clock;
  invoker: Invoker;
  activity: Activity;
  stats: Stats;
  faults: FaultPlan;
  persistence: Persistence;
  random: Random;
  timeline: Timeline;
  /** Every installation of the app there is now. */
  installations: () => readonly Installation[];
}

/** `app.storage.entities` of the manifest, as written. */
export interface EntityDeclaration {
  name: string;
  attributes: Record<string, { type: string }>;
  indexes?: readonly (string | { name: string; range: string[]; partition?: string[] })[];
}

export interface KvsDeps {
  entities: readonly EntityDeclaration[];
  clock: Clock;
  persistence: Persistence;
  stats: Stats;
  random: Random;
  /** Milliseconds after its expiry at which a row with a TTL vanishes. Default 48 h: the longest the platform takes. */
  ttlDeletesAfterMs?: number;
  /**
   * Transaction conditions on a row that is not there: `evaluate` lets NOT_EXISTS alone hold (apps in production create rows
   * so; no page of the platform says it), `fail` refuses it too. Default `evaluate`.
   */
  conditionsOnAbsentRows?: 'fail' | 'evaluate';
}

/** Everything an installation stores, as tests see it. Rows are live or expired but not yet deleted. */
export interface KvsDump {
  values: Record<string, unknown>;
  entities: Record<string, Record<string, unknown>>;
  secrets: Record<string, unknown>;
}

export interface Kvs {
  /** One call of `@forge/kvs`; `body` is the JSON text or its parsed form. Never throws. */
  handle(installation: Installation, path: string, body: unknown): Promise<Response>;
  dump(installation: Installation): KvsDump;
  /** Uninstall: every row of the installation is gone. */
  forget(installation: Installation): void;
  /**
   * Milliseconds by which `query` and entity queries lag behind writes made from now on; 0 = current. With `jitterMs` each
   * write gets up to so much more, drawn by the seed.
   */
  setQueryLag(ms: number, jitterMs?: number): void;
  /** Milliseconds after expiry at which TTL rows vanish. */
  setTtlDeletion(ms: number): void;
}

/** A `consumer` module with the timeout of its function (seconds; 55 when the manifest says nothing). */
export interface ConsumerModule {
  key: string;
  queue: string;
  functionKey: string;
  timeoutSeconds?: number;
}

export interface QueueDeps extends ServiceWorld {
  consumers: readonly ConsumerModule[];
}

export interface Queue {
  /**
   * publish, stats and cancel; `path` literally as the SDK sends it. `rootInvocation` is the id of the first invocation of
   * the chain in which the push happens (`Invocation.root`): without it every push counts as a chain of its own.
   */
  handle(installation: Installation, path: string, body: unknown, rootInvocation?: string): Promise<Response>;
  pending(): PendingWork[];
  /** Takes up what an earlier run of the emulator left; call once for each installation at start. */
  resume(installation: Installation): void;
  /** Uninstall: drops what waits. */
  forget(installation: Installation): void;
}

/** A `webtrigger` module as the manifest writes it, `function` renamed. */
export interface WebtriggerModule {
  key: string;
  functionKey: string;
  urlFormat?: string | undefined;
  request?: { authentication?: string | undefined } | undefined;
  response?:
    | {
        type: string;
        outputs?:
          | readonly {
              key: string;
              statusCode: number;
              body?: string | undefined;
              contentType?: string | undefined;
            }[]
          | undefined;
      }
    | undefined;
}

export interface WebtriggersDeps extends ServiceWorld {
  appId: string;
  environmentId: string;
  webtriggers: readonly WebtriggerModule[];
  /** Waits so that it can be seen what for; default: the clock. */
  hold?: (site: string, what: string, ms: number) => Promise<void>;
}

/** One call that came in, for tests and the console. */
export interface WebtriggerTraffic {
  at: number;
  /** Site key of the caller when the emulator knows it. */
  from?: string;
  to: string;
  moduleKey: string;
  method: string;
  path: string;
  requestBody: string;
  status: number;
  responseBody: string;
  /** What a fault did to it. */
  fault?: 'request-lost' | 'response-lost' | 'duplicated';
}

export interface Webtriggers {
  /** The three GraphQL operations of `@forge/api`; the answer is the whole GraphQL response. */
  graphql(installation: Installation, query: string, variables: unknown): Promise<Response>;
  /** True when this host belongs to webtriggers, so that the egress proxy hands the request over. */
  owns(host: string): boolean;
  /** A request to a public webtrigger URL. Status 502 with `x-emulator-fault: connection-lost` stands for a broken connection. */
  ingress(request: Request, from?: { site: string }): Promise<Response>;
  urlOf(installation: Installation, moduleKey: string, forceCreate?: boolean): string;
  /** The newest calls, oldest first. */
  traffic(): readonly WebtriggerTraffic[];
  forget(installation: Installation): void;
}

/** A `trigger` module as the manifest writes it, `function` renamed. */
export interface TriggerModule {
  key: string;
  functionKey: string;
  events: unknown;
  filter?: unknown;
  payload?: unknown;
}

export interface EventDeliveryDeps extends ServiceWorld {
  triggers: readonly TriggerModule[];
  /** For `filter.appIsLicensed`; default: always licensed. */
  isLicensed?: (installation: Installation) => boolean;
}

export interface EventDelivery {
  /** Queues the event for every trigger that wants it; returns at once. */
  deliver(installation: Installation, event: ProductEvent): void;
  /** `avi:forge:installed:app` or `avi:forge:upgraded:app` with its payload. */
  deliverLifecycle(
    installation: Installation,
    eventType: 'avi:forge:installed:app' | 'avi:forge:upgraded:app',
    payload: Record<string, unknown>,
  ): void;
  pending(): PendingWork[];
  /** Takes up events that were on their way when the emulator stopped; call once for each installation at start. */
  resume(installation: Installation): void;
  forget(installation: Installation): void;
}

export interface ScheduledModule {
  key: string;
  functionKey: string;
  interval: string;
  filter?: unknown;
}

export interface SchedulerDeps extends ServiceWorld {
  scheduledTriggers: readonly ScheduledModule[];
  isLicensed?: (installation: Installation) => boolean;
}

export interface Scheduler {
  /** Begins the timers of an installation: first run about five minutes later, then at its interval. */
  start(installation: Installation): void;
  /** Runs one module now. Rejects for an unknown module. */
  fire(installation: Installation, moduleKey: string): Promise<InvocationResult>;
  /** When each timer runs next; `settle` does not wait for them. */
  next(): { site: string; moduleKey: string; at: number }[];
  stop(installation: Installation): void;
}
