/**
 * The seam between the emulator's parts: what platform, services, Jira sites and web pages promise each other.
 * Nothing here has behaviour. The emulator imports nothing of `src`.
 */

/** Who makes a Jira REST call. The app user of an installation is an ordinary account of type `app`. */
export type Actor =
  /** `appId`: a function of this app asks for the user, so that the app pays the points. */
  | { kind: 'user'; accountId: string; appId?: string }
  | { kind: 'app'; accountId: string; appId: string }
  | { kind: 'anonymous' };

/** Time as the emulator's parts see it; a virtual clock implements the same. Milliseconds since the epoch. */
export interface Clock {
  now(): number;
  /** Runs `task` after `ms`; returns a function which cancels it. */
  after(ms: number, task: () => void): () => void;
}

/** Seeded randomness: 0 <= value < 1. Same seed, same sequence. */
export type Random = () => number;

/** A Jira product event before the platform filters and delivers it (`avi:jira:...`). */
export interface ProductEvent {
  eventType: string;
  /** Payload as Forge documents it, without `eventType`, `selfGenerated` and `timestamp`, which delivery adds. */
  payload: Record<string, unknown>;
  /** Whose request caused it: decides `selfGenerated` and `atlassianId`. */
  actor: Actor;
  /** Value of the request header X-Atlassian-Webhook-Trace, only shown to the app that sent it. */
  trace?: string;
}

/** One webhook of Data Center on its way: a POST that nobody repeats. */
export interface WebhookDelivery {
  /** `jira:issue_updated`, `comment_created`... */
  event: string;
  /** Complete address, variables filled in. */
  url: string;
  /** Undefined for webhooks that want no body. */
  body: Record<string, unknown> | undefined;
  /** Value of X-Atlassian-Webhook-Identifier. */
  identifier: string;
}

export interface SeededUser {
  /** Account id; on Data Center the user key. */
  accountId: string;
  name: string;
  email: string;
  /** Password for Basic auth, as an API token would be. */
  token: string;
  admin: boolean;
  /** Data Center only: name and password for Basic auth; `token` is a personal access token there. */
  username?: string;
  password?: string;
}

/** One Jira site. REST only; pages, events delivery and the app are other parts' business. */
export interface JiraSite {
  /** `acme`, `globex`, `initech`, `directory`. */
  readonly key: string;
  readonly name: string;
  readonly kind: 'cloud' | 'datacenter';
  readonly cloudId: string;
  /** What Jira says its address is, e.g. `https://acme.atlassian.net`. */
  readonly publicUrl: string;
  /**
   * Answers one REST request (path `/rest/...`). Every answer carries `x-emulator-route` (operation template, e.g.
   * `GET /rest/api/3/issue/{issueIdOrKey}`) and `x-emulator-points`; the doors strip them after counting.
   * A path that is not emulated is 501 with the header `x-emulator-refused` naming it: loud, never a guess.
   */
  handle(request: Request, actor: Actor): Promise<Response>;
  onEvent(listener: (event: ProductEvent) => void): void;
  users(): SeededUser[];
  /** The account of Basic credentials (Data Center: user name and password), or undefined when they are wrong. */
  authenticate(email: string, token: string): SeededUser | undefined;
  /** The account of a Bearer token; only Data Center has such. */
  authenticateToken?(token: string): SeededUser | undefined;
  /** Hears of every webhook that must be delivered; only Data Center has them here. */
  onWebhook?(listener: (delivery: WebhookDelivery) => void): void;
  /** Creates the app's system user on first call; same id later. */
  ensureAppUser(app: { id: string; name: string }): { accountId: string };
  isJiraAdmin(accountId: string): boolean;
  /** What an account is; undefined = nobody. Apps can act for active people only. */
  accountState?(accountId: string): 'active' | 'deactivated' | 'app' | undefined;
  /** Everything, as plain JSON, so that state survives a restart. */
  snapshot(): unknown;
  restore(snapshot: unknown): void;
  /** The operations it knows, for the coverage list. */
  operations?(): { method: string; path: string; level: 'full' | 'partial' | 'refused'; note: string }[];
  /** Milliseconds by which search/jql lags behind the store; 0 = current. */
  setIndexLag(ms: number): void;
}

/** One installation of the app on one site. */
export interface Installation {
  /** UUID; also the first label of its webtrigger host. */
  id: string;
  site: JiraSite;
  /** `ari:cloud:jira::site/<cloudId>` */
  contextAri: string;
  appAccountId: string;
}

/** A request to run one function of the app, made by a resolver call, a webtrigger, a queue, an event, a schedule. */
export interface Invocation {
  installation: Installation;
  kind: 'resolver' | 'webtrigger' | 'consumer' | 'trigger' | 'scheduled' | 'preUninstall';
  /** Key of the manifest's `function` entry, and of the module which refers to it. */
  functionKey: string;
  moduleKey: string;
  /** First argument of the handler (for resolvers `{call, context}`). */
  payload: unknown;
  /** The user on whose behalf it runs, if any: `asUser` works only then. */
  accountId?: string;
  /**
   * Id of the first invocation of the chain: set by the queue on consumers, so that pushes made by them count into the
   * chain's limit. Absent = this invocation begins a chain.
   */
  root?: string;
}

export type InvocationResult =
  | { ok: true; value: unknown; durationMs: number }
  | { ok: false; reason: 'threw' | 'timeout' | 'crash' | 'memory'; message: string; durationMs: number };

/** Runs functions of the shipped bundle in forked instances shared by all sites. */
export interface Invoker {
  invoke(invocation: Invocation): Promise<InvocationResult>;
}

/** Counters behind `GET /__emulator/stats`; `site` is a site key. */
export interface Stats {
  add(site: string, counter: string, by?: number): void;
  /** Adds to a counter that is broken down, e.g. `restCalls` by route, `invocations` by function. */
  addTo(site: string, group: string, label: string, by?: number): void;
}

/** What is under way, so that `settle` can wait for it. */
export interface Activity {
  /** Marks something under way; call the returned function when it is over. */
  begin(what: string): () => void;
}

/** A small journal line that the console shows: what flowed, where, when. */
export interface Timeline {
  record(entry: { site: string; kind: string; text: string; detail?: Record<string, unknown> }): void;
}

/** State that outlives a restart: each part saves under its own name. */
export interface Persistence {
  load(name: string): unknown;
  /** Debounced; written atomically. */
  save(name: string, snapshot: () => unknown): void;
}

/** Work which waits for its time: an event on its way, a queue item, a retry. `settle` reads these lists. */
export interface PendingWork {
  /** Site key. */
  site: string;
  /** Short text for a human, e.g. `queue wake-up item 3f2a (retry 2)`. */
  what: string;
  /** When it will run, by the emulator's clock. */
  dueAt: number;
  /** True when the app itself asked for the delay: such work counts for `settle` only once it is due. */
  appDelayed: boolean;
}

/** What a fault does to one delivery of a product event. `copies` 0 = lost, 1 = normal, 2 = duplicated. */
export interface EventFate {
  copies: number;
  /** One delay for each copy, milliseconds; delays which differ between events reorder them. */
  delaysMs: number[];
}

/** What a fault does to one call of a webtrigger. */
export interface WebtriggerFate {
  delayMs: number;
  /** `request`: the function never runs; `response`: it runs and its answer is thrown away. The caller sees 502. */
  lost?: 'request' | 'response';
  /** How often the function gets the request; 2 = delivered twice. Absent = 1. */
  copies?: number;
}

/** What a fault does to one queue item: how often it runs, how much later than due, or that its push is refused for it. */
export interface QueueFate {
  copies: number;
  delayMs: number;
  /** The platform takes the rest of the push and names this event in its answer (202). */
  refused?: boolean;
}

/** Faults as the services see them: each asks once for each thing it is about to deliver. */
export interface FaultPlan {
  eventFate(site: string, eventType: string): EventFate;
  /** `site` is the site whose webtrigger is called. */
  webtriggerFate(site: string, moduleKey: string): WebtriggerFate;
  /** Absent = no faults in queues. */
  queueFate?(site: string, queue: string): QueueFate;
  /** How often one due run of a scheduled trigger starts; 2 = the platform fired twice. Absent = no faults there. */
  scheduleFate?(site: string, moduleKey: string): { copies: number };
}
