/** Finds the operation of a request, runs it as one transaction and writes Jira's answer with its price. */
import type { Actor } from '../seam';
import type { IssueRow } from './entities';
import { Problem, refuse } from './problem';
import type { RateLimits } from './rate-limits';
import type { EventSink, Session, World } from './world';

export interface Upload {
  filename: string;
  mimeType: string;
  bytes: Uint8Array;
}

/** One request as a route sees it. The body has been read, so that routes run without a pause in between. */
export interface Call extends Session {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  /** Parsed JSON; undefined without a body. */
  readonly body: unknown;
  readonly uploads: readonly Upload[];
  /** Counts a write against the limit per issue. */
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
  /** Anonymous callers get an answer instead of 401. */
  open?: boolean;
}

/** Declares an operation that is emulated in full. */
export function route(operation: string, run: (call: Call) => Reply, options: Partial<Route> = {}): Route {
  return { operation, run, level: 'full', note: '', ...options };
}

export function ok(json: unknown): Reply {
  return { status: 200, json };
}

export function created(json: unknown): Reply {
  return { status: 201, json };
}

export const NO_CONTENT: Reply = { status: 204 };

interface Compiled {
  route: Route;
  method: string;
  segments: string[];
}

export interface Router {
  handle(request: Request, actor: Actor): Promise<Response>;
  operations(): { method: string; path: string; level: Route['level']; note: string }[];
}

/** A router over all routes of a site. */
export function createRouter(
  world: World,
  routes: readonly Route[],
  limits: RateLimits,
  sink: EventSink,
): Router {
  const table = routes.map(compile);
  const inTransition = new Set<string>();

  async function handle(request: Request, actor: Actor): Promise<Response> {
    const url = new URL(request.url);
    const found = match(table, request.method, url.pathname);
    if (found === undefined) return refusal(request.method, url.pathname);
    const { entry, params } = found;
    const operation = entry.route.operation;
    const now = world.clock.now();
    let points = 1;
    const guard =
      operation.startsWith('POST') && operation.endsWith('/transitions') ? params['issueIdOrKey'] : undefined;
    const events: { eventType: string; payload: Record<string, unknown> }[] = [];
    let held = false;
    try {
      limits.check(operation, actor, now);
      if (guard !== undefined) {
        if (inTransition.has(guard)) throw refuse(409, 'The issue is being transitioned by another request.');
        inTransition.add(guard);
        held = true;
      }
      const session = openSession(
        world,
        actor,
        now,
        {
          core: (objects) => {
            points += objects;
          },
          identity: (objects) => {
            points += objects * 2;
          },
        },
        events,
      );
      if (session.me === undefined && entry.route.open !== true) {
        throw refuse(401, 'Client must be authenticated to access this resource.');
      }
      const input = await readBody(request);
      const call: Call = {
        ...session,
        ...input,
        params,
        query: url.searchParams,
        headers: request.headers,
        noteIssueWrite: (issue) => limits.noteIssueWrite(issue.id, now),
      };
      const reply = world.store.atomically(
        () => entry.route.run(call),
        (id, before, after) => world.index.note(id, before, after, now),
      );
      if (isWrite(request.method) && !READS_BY_POST.has(operation))
        points = Math.max(1, writePoints(operation, call.body));
      limits.charge(actor, points, now);
      const trace = request.headers.get('x-atlassian-webhook-trace');
      for (const event of events) sink({ ...event, actor, ...(trace === null ? {} : { trace }) });
      return answer(reply, {
        'x-emulator-route': operation,
        'x-emulator-points': String(points),
        ...limits.headers(actor, now),
      });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.status !== 429) limits.charge(actor, 1, now);
      return answer(
        { status: error.status, json: error.body },
        {
          'x-emulator-route': operation,
          'x-emulator-points': error.status === 429 ? '0' : '1',
          ...limits.headers(actor, now),
          ...error.headers,
        },
      );
    } finally {
      if (held && guard !== undefined) inTransition.delete(guard);
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
]);

function isWrite(method: string): boolean {
  return method !== 'GET' && method !== 'HEAD';
}

/** Every write is one point and a bulk request saves nothing: 50 creates are 50 points. */
function writePoints(operation: string, body: unknown): number {
  if (operation !== 'POST /rest/api/3/issue/bulk') return 1;
  const updates = (body as { issueUpdates?: unknown } | undefined)?.issueUpdates;
  return Array.isArray(updates) ? updates.length : 1;
}

function openSession(
  world: World,
  actor: Actor,
  now: number,
  cost: Session['cost'],
  events: { eventType: string; payload: Record<string, unknown> }[],
): Session {
  const me = actor.kind === 'anonymous' ? undefined : world.store.users.get(actor.accountId);
  const active = me?.active === true ? me : undefined;
  return {
    world,
    store: world.store,
    actor,
    me: active,
    now,
    timeZone: active?.timeZone ?? world.facts.timeZone,
    emit: (eventType, payload) => events.push({ eventType, payload }),
    cost,
  };
}

async function readBody(request: Request): Promise<{ body: unknown; uploads: Upload[] }> {
  if (!isWrite(request.method)) return { body: undefined, uploads: [] };
  const type = request.headers.get('content-type') ?? '';
  if (type.includes('multipart/form-data')) return { body: undefined, uploads: await readUploads(request) };
  const text = await request.text();
  if (text === '') return { body: undefined, uploads: [] };
  if (type !== '' && !/json/.test(type)) throw refuse(415, 'Unsupported Media Type');
  try {
    return { body: JSON.parse(text), uploads: [] };
  } catch {
    throw refuse(400, 'There was an error parsing JSON. Check that your request body is valid.');
  }
}

async function readUploads(request: Request): Promise<Upload[]> {
  let form: FormData;
  try {
    form = await request.formData();
  } catch {
    throw refuse(400, 'The multipart body could not be read.');
  }
  const uploads: Upload[] = [];
  for (const part of form.getAll('file')) {
    if (typeof part === 'string') continue;
    uploads.push({
      filename: part.name,
      mimeType: part.type === '' ? 'application/octet-stream' : part.type,
      bytes: new Uint8Array(await part.arrayBuffer()),
    });
  }
  return uploads;
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

function refusal(method: string, path: string): Response {
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

function compile(entry: Route): Compiled {
  const space = entry.operation.indexOf(' ');
  return {
    route: entry,
    method: entry.operation.slice(0, space),
    segments: entry.operation.slice(space + 1).split('/'),
  };
}

/** The route whose path fits; fixed segments win over parameters. */
function match(
  table: readonly Compiled[],
  method: string,
  path: string,
): { entry: Compiled; params: Record<string, string> } | undefined {
  const actual = path.split('/');
  let best: { entry: Compiled; params: Record<string, string>; fixed: number } | undefined;
  for (const entry of table) {
    if (entry.method !== method || entry.segments.length !== actual.length) continue;
    const params = paramsOf(entry.segments, actual);
    if (params === undefined) continue;
    const fixed = entry.segments.length - Object.keys(params).length;
    if (best === undefined || fixed > best.fixed) best = { entry, params, fixed };
  }
  return best;
}

function paramsOf(
  segments: readonly string[],
  actual: readonly string[],
): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [position, segment] of segments.entries()) {
    const text = actual[position] ?? '';
    if (segment.startsWith('{')) {
      if (text === '') return undefined;
      params[segment.slice(1, -1)] = safeDecode(text);
    } else if (segment !== text) return undefined;
  }
  return params;
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
