/**
 * Tells whether a write changed anything: a write of an issue or comment that changes something raises a product event,
 * inside the request that makes it.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

const requests = new AsyncLocalStorage<{ events: number }>();

/** Writes whose effect always shows in an event. Properties, watchers and votes raise none. */
const TELLING_ROUTES = new Set([
  'PUT /rest/api/3/issue/{issueIdOrKey}',
  'PUT /rest/api/3/issue/{issueIdOrKey}/comment/{id}',
]);

/** Called for each event of a site. */
export function noteEvent(): void {
  const request = requests.getStore();
  if (request) request.events += 1;
}

/** Handles the request; the answer carries `x-emulator-unchanged` when it succeeded and changed nothing. */
export async function watchingEffects(handle: () => Promise<Response>): Promise<Response> {
  const request = { events: 0 };
  const response = await requests.run(request, handle);
  const route = response.headers.get('x-emulator-route') ?? '';
  if (response.ok && request.events === 0 && TELLING_ROUTES.has(route)) {
    response.headers.set('x-emulator-unchanged', '1');
  }
  return response;
}

/** Operations which only read although they are POST, by the end of their path. */
const READS_BY_POST =
  /^POST .*\/(search\/jql|search\/approximate-count|bulkfetch|changelog\/list|comment\/list|worklog\/list|jql\/\w+|permissions\/check|expression\/\w+)$/;

/** `route` is an operation template. */
export function isReadByPost(route: string): boolean {
  return READS_BY_POST.test(route);
}
