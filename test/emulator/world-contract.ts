/**
 * What the web pages, the console and the control API may ask of a running world. No behaviour here.
 */
import type { Clock, Installation, JiraSite, SeededUser } from './seam';

/** The app as `manifest.yml` describes it. */
export interface AppDescription {
  /** Bare UUID, without the `ari:` prefix. */
  id: string;
  name: string;
  version: string;
  environmentId: string;
  environmentType: 'DEVELOPMENT' | 'STAGING' | 'PRODUCTION';
  /** `permissions` of the manifest as written; `@forge/csp` reads `content` and `external`. */
  permissions: Record<string, unknown>;
}

/** One place of the app in Jira's UI. */
export interface UiModule {
  key: string;
  type: 'jira:adminPage' | 'jira:projectSettingsPage' | 'jira:issuePanel' | 'jira:globalPage';
  title: string;
  /** Key of the manifest's `resources` entry; the build under it is what the iframe loads. */
  resourceKey: string;
  /** Absolute directory of that build (`static/app/dist`). */
  resourceDirectory: string;
  /** Manifest value: a path, an URL or `resource:...`. */
  icon?: string;
  /** The manifest entry as written, for anything else (layout, viewportSize, pages). */
  raw: Record<string, unknown>;
}

/** A site with its door and its installation. */
export interface WorldSite {
  site: JiraSite;
  /** Reachable address, e.g. `http://127.0.0.1:8101`. */
  baseUrl: string;
  /** Undefined while the app is not installed there. */
  installation: Installation | undefined;
}

/** Where the page stands: what `context.extension` tells a function. `type` is the module type. */
export interface ModuleExtension {
  type: string;
  issue?: { id: string; key: string; type?: string; typeId?: string };
  project?: { id: string; key: string; type?: string };
  [more: string]: unknown;
}

/** One `invoke()` of `@forge/bridge`. */
export interface ResolverCall {
  siteKey: string;
  moduleKey: string;
  functionKey: string;
  payload?: unknown;
  /** Who is signed in in the browser; undefined = an anonymous visitor. */
  accountId?: string;
  extension?: ModuleExtension;
  /** The iframe's own id, kept over its calls. */
  localId?: string;
}

/** What the bridge hands to the page: the value, or the error it throws. */
export type ResolverAnswer = { ok: true; body: unknown } | { ok: false; message: string };

/** One line of the journal. `at` is milliseconds since the epoch, `id` grows by one. */
export interface TimelineEntry {
  id: number;
  at: number;
  site: string;
  kind: string;
  text: string;
  detail?: Record<string, unknown>;
}

export interface TimelineReader {
  /** The newest `limit` lines (default 200), oldest first. */
  recent(limit?: number): TimelineEntry[];
  /** Calls the listener for each new line until the returned function is called. */
  subscribe(listener: (entry: TimelineEntry) => void): () => void;
}

/** Counters of one site: plain numbers and groups (`restCalls` by route, `invocations` by function...). */
export interface SiteStats {
  counters: Record<string, number>;
  groups: Record<string, Record<string, number>>;
}

export interface SettleAnswer {
  ok: boolean;
  waitedMs: number;
  /** What was still under way or due when the time was over. */
  left: string[];
}

/** A running emulator. */
export interface World {
  readonly clock: Clock;
  readonly app: AppDescription;
  /** Reachable origins without a trailing slash. */
  readonly addresses: { console: string; resources: string };
  /** In the order acme, globex, initech, directory. */
  sites(): WorldSite[];
  site(key: string): WorldSite | undefined;
  modules(): UiModule[];
  module(key: string): UiModule | undefined;
  /** Runs the module's resolver as a browser does. Never throws for an error of the app. */
  invokeResolver(call: ResolverCall): Promise<ResolverAnswer>;
  /** `context` as `view.getContext()` shows it in that page; the resolver gets the same. */
  bridgeContext(call: Omit<ResolverCall, 'functionKey' | 'payload'>): Record<string, unknown>;
  /** A REST call of the page (`requestJira` of the bridge), made as that user. Path `/rest/...`. */
  requestJiraAsUser(siteKey: string, accountId: string, request: Request): Promise<Response>;
  userOf(siteKey: string, accountId: string): SeededUser | undefined;
  /**
   * Who sent this request to the site's door: Basic credentials, else the cookie `emulator-user-<siteKey>=<accountId>`.
   * (Cookies are shared by all ports of a host, hence the site's key in the name.) Without both: the first admin.
   */
  signedInUser(siteKey: string, request: Request): SeededUser | undefined;
  readonly timeline: TimelineReader;
  stats(): Record<string, SiteStats>;
  settle(options: { timeoutMs: number; horizonMs?: number }): Promise<SettleAnswer>;
}
