/** Finds the operation of a request, runs it as one transaction and writes Jira's answer with its price. */
import type { Actor } from '../seam';
import type { IssueRow } from './entities';
import { hiddenOperations } from './hidden-operations';
import { type ErrorCollection, Problem, refuse } from './problem';
import type { RequestLimits } from './rate-limits';
import { refusedAs } from './refused-as';
import { readBody, type Upload } from './request-body';
import { compile, match } from './route-table';
import { createBackground, type TaskWorkers } from './tasks';
import type { EventSink, Session, World } from './world';

/** One request as a route sees it. The body has been read, so that routes run without a pause in between. */
export interface Call extends Session {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  /** Parsed JSON; undefined without a body. */
  readonly body: unknown;
  readonly uploads: readonly Upload[];
  /** Counts a write against the limit per issue; 403 for an archived one, which nobody changes. */
  noteIssueWrite(issue: IssueRow): void;
}

export interface Reply {
  status: number;
  json?: unknown;
  bytes?: Uint8Array;
  headers?: Record<string, string>;
}

export interface Route {
  /** `GET /rest/api/3/issue/{issueIdOrKey}` */
  operation: string;
  run: (call: Call) => Reply;
  /** How much of the documented operation works; shown by the coverage list. */
  level: 'full' | 'partial' | 'refused';
  note: string;
  /** Documented query parameters which it does not know: a request with one is refused, never answered without it. */
  without?: readonly string[];
  /** Anonymous callers get an answer instead of 401. */
  open?: boolean;
  /** The form in which this operation writes a refusal, where it is not the usual one. */
  refusal?: (body: ErrorCollection, status: number) => unknown;
}

/** Declares an operation that is emulated in full; in part when it is `without` some parameter. */
export function route(operation: string, run: (call: Call) => Reply, options: Partial<Route> = {}): Route {
  const { without } = options;
  if (without === undefined) return { operation, run, level: 'full', note: '', ...options };
  return {
    operation,
    run,
    level: 'partial',
    note: `refuses the parameters ${without.join(', ')}`,
    ...options,
  };
}

export function ok(json: unknown): Reply {
  return { status: 200, json };
}

export function created(json: unknown): Reply {
  return { status: 201, json };
}

export const NO_CONTENT: Reply = { status: 204 };

export interface Router {
  handle(request: Request, actor: Actor): Promise<Response>;
  operations(): { method: string; path: string; level: Route['level']; note: string }[];
}

/** A router over all routes of a site; `documented` is what its document knows, by default Cloud's. */
export function createRouter(
  world: World,
  routes: readonly Route[],
  limits: RequestLimits,
  sink: EventSink,
  workers: TaskWorkers = {},
  documented?: readonly { method: string; path: string }[],
): Router {
  const table = routes.map(compile);
  const hidden = hiddenOperations(table, documented);
  const inTransition = new Set<string>();
  const background = createBackground(world, workers, actAs);

  /** Runs one step of background work as one transaction. */
  function actAs(actor: Actor, now: number, run: (session: Session) => void): void {
    const events: EventDraft[] = [];
    const session = openSession(world, actor, { now, events, price: { points: 0 } });
    world.store.atomically(
      () => run(session),
      (id, before, after) => world.index.note(id, before, after, now),
    );
    for (const event of events) sink({ ...event, actor });
  }

  /** Marks the issue of a transition as under way; a second request for it meanwhile is a conflict. */
  function hold(operation: string, params: Readonly<Record<string, string>>): () => void {
    if (inVersionThree(operation) !== TRANSITION) return () => undefined;
    const name = params['issueIdOrKey'] ?? '';
    const id =
      world.store.issues.get(name)?.id ?? world.store.issues.by('key', name.toUpperCase())[0]?.id ?? name;
    if (inTransition.has(id)) throw refuse(409, 'The issue is being transitioned by another request.');
    inTransition.add(id);
    return () => inTransition.delete(id);
  }

  async function serve(
    entry: Route,
    params: Record<string, string>,
    request: Request,
    actor: Actor,
  ): Promise<Response> {
    const { operation } = entry;
    const now = world.clock.now();
    background.advance(now);
    const events: EventDraft[] = [];
    const price = { points: 1 };
    const session = openSession(world, actor, { now, events, price });
    if (session.me === undefined && entry.open !== true) {
      throw refuse(401, 'Client must be authenticated to access this resource.');
    }
    const call: Call = {
      ...session,
      ...(await readBody(request)),
      params,
      query: new URL(request.url).searchParams,
      headers: request.headers,
      noteIssueWrite(issue) {
        if (issue.archived !== undefined)
          throw refuse(403, `Issue ${issue.key} is archived and cannot be changed.`);
        limits.noteIssueWrite(issue.id, now);
      },
    };
    const reply = world.store.atomically(
      () => entry.run(call),
      (id, before, after) => world.index.note(id, before, after, now),
    );
    background.wake();
    const isWrite = request.method !== 'GET' && !READS_BY_POST.has(inVersionThree(operation));
    const points = isWrite ? writePoints(operation, call.body) : price.points;
    limits.charge(actor, points, now);
    const trace = request.headers.get('x-atlassian-webhook-trace');
    for (const event of events) sink({ ...event, actor, ...(trace === null ? {} : { trace }) });
    return answer(reply, {
      'x-emulator-route': operation,
      'x-emulator-points': String(points),
      ...limits.headers(actor, now),
    });
  }

  /** A refusal costs the base point; one for going too fast costs nothing. */
  function refusalOf(problem: Problem, { operation, refusal }: Route, actor: Actor): Response {
    const now = world.clock.now();
    const points = problem.status === 429 ? 0 : 1;
    limits.charge(actor, points, now);
    const isCloud = world.facts.flavour !== 'datacenter';
    const status = isCloud ? refusedAs(inVersionThree(operation), problem.status) : problem.status;
    return answer(
      { status, json: refusal === undefined ? problem.body : refusal(problem.body, status) },
      {
        'x-emulator-route': operation,
        'x-emulator-points': String(points),
        ...limits.headers(actor, now),
        ...problem.headers,
      },
    );
  }

  async function handle(request: Request, actor: Actor): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    const found = match(table, request.method, pathname);
    if (found === undefined || match(hidden, request.method, pathname) !== undefined) {
      return unknown(request.method, pathname);
    }
    const { route: entry } = found.entry;
    const foreign = entry.without?.find((name) => searchParams.has(name));
    if (foreign !== undefined) return unknown(request.method, `${pathname} with the parameter ${foreign}`);
    let release = () => {};
    try {
      limits.check(entry.operation, actor, world.clock.now());
      release = hold(entry.operation, found.params);
      return await serve(entry, found.params, request, actor);
    } catch (error) {
      if (error instanceof Problem) return refusalOf(error, entry, actor);
      throw error;
    } finally {
      release();
    }
  }

  return {
    handle,
    operations: () =>
      routes.map((entry) => {
        const space = entry.operation.indexOf(' ');
        return {
          method: entry.operation.slice(0, space),
          path: entry.operation.slice(space + 1),
          level: entry.level,
          note: entry.note,
        };
      }),
  };
}

/** Rules for an operation hold for both versions of it. */
function inVersionThree(operation: string): string {
  return operation.replace(' /rest/api/2/', ' /rest/api/3/');
}

const TRANSITION = 'POST /rest/api/3/issue/{issueIdOrKey}/transitions';

/** Operations which only read although they are POST. */
const READS_BY_POST: ReadonlySet<string> = new Set([
  'POST /rest/api/3/search/jql',
  'POST /rest/api/3/search/approximate-count',
  'POST /rest/api/3/issue/bulkfetch',
  'POST /rest/api/3/changelog/bulkfetch',
  'POST /rest/api/3/issue/{issueIdOrKey}/changelog/list',
  'POST /rest/api/3/comment/list',
  'POST /rest/api/3/worklog/list',
  'POST /rest/api/3/jql/parse',
  'POST /rest/api/3/jql/match',
  'POST /rest/api/3/permissions/check',
  'POST /rest/api/3/permissions/project',
  'POST /rest/api/3/issue/watching',
  'POST /rest/api/3/jql/autocompletedata',
  'POST /rest/api/3/jql/pdcleaner',
  'POST /rest/api/3/jql/sanitize',
]);

/** Every write is one point and a bulk request saves nothing: 50 creates are 50 points. */
function writePoints(operation: string, body: unknown): number {
  if (inVersionThree(operation) !== 'POST /rest/api/3/issue/bulk') return 1;
  const updates = (body as { issueUpdates?: unknown } | undefined)?.issueUpdates;
  return Array.isArray(updates) ? updates.length : 1;
}

interface EventDraft {
  eventType: string;
  payload: Record<string, unknown>;
}

function openSession(
  world: World,
  actor: Actor,
  request: { now: number; events: EventDraft[]; price: { points: number } },
): Session {
  const { now, events, price } = request;
  const account = actor.kind === 'anonymous' ? undefined : world.store.users.get(actor.accountId);
  const me = account?.active === true ? account : undefined;
  const session: Session = {
    world,
    store: world.store,
    actor,
    me,
    now,
    timeZone: me?.timeZone ?? world.facts.timeZone,
    emit: (eventType, payload) =>
      events.push({ eventType, payload: world.enrich?.(session, eventType, payload) ?? payload }),
    cost: {
      core(objects) {
        price.points += objects;
      },
      identity(objects) {
        price.points += objects * 2;
      },
    },
  };
  return session;
}

function answer(reply: Reply, headers: Record<string, string>): Response {
  const all = new Headers({ ...headers, ...reply.headers });
  if (reply.bytes !== undefined) {
    return new Response(new Uint8Array(reply.bytes), { status: reply.status, headers: all });
  }
  if (reply.json === undefined) return new Response(null, { status: reply.status, headers: all });
  all.set('content-type', 'application/json;charset=UTF-8');
  return new Response(JSON.stringify(reply.json), { status: reply.status, headers: all });
}

function unknown(method: string, path: string): Response {
  const operation = `${method} ${path}`;
  return new Response(
    JSON.stringify({ errorMessages: [`The emulator does not know ${operation}.`], errors: {} }),
    {
      status: 501,
      headers: {
        'content-type': 'application/json;charset=UTF-8',
        'x-emulator-route': 'refused',
        'x-emulator-points': '0',
        'x-emulator-refused': operation,
      },
    },
  );
}
