/** The HTTP door of one site: REST for people and programs, everything else is pages. */
import { Hono } from 'hono';
import type { Actor, JiraSite } from '../seam';
import { countAndStrip } from './jira-calls';
import type { Platform } from './platform';
import { signedInUser } from './world';

/**
 * Who asks. A session cookie (or the admin that a fresh browser starts as) counts only for the site's own pages: another
 * origin cannot act for the user, and a program without credentials is anonymous, as on Jira.
 */
function doorActor(site: JiraSite, request: Request): Actor | undefined {
  const fromProgram = request.headers.get('sec-fetch-site') === null;
  const ownPage = ['same-origin', 'none'].includes(request.headers.get('sec-fetch-site') ?? '');
  const hasBasic = request.headers.has('authorization');
  const hasCookie = (request.headers.get('cookie') ?? '').includes(`emulator-user-${site.key}=`);
  if (!hasBasic && !ownPage && !(fromProgram && hasCookie)) return { kind: 'anonymous' };
  const user = signedInUser(site, request);
  return user && { kind: 'user', accountId: user.accountId };
}

function wrongCredentials(site: JiraSite): Response {
  const server = site.kind === 'datacenter';
  const hint = server
    ? 'Basic auth with a user name of this site and its password, or Bearer with a token'
    : 'Basic auth with an e-mail of this site and its token';
  return new Response(`${hint} (see /__emulator/health)`, {
    status: 401,
    headers: {
      'www-authenticate': 'Basic realm="Jira"',
      ...(server ? { 'x-seraph-loginreason': 'AUTHENTICATED_FAILED' } : {}),
    },
  });
}

async function answerRest(platform: Platform, site: JiraSite, request: Request): Promise<Response> {
  const actor = doorActor(site, request);
  if (!actor) {
    return wrongCredentials(site);
  }
  const url = new URL(request.url);
  const inner = new Request(new URL(url.pathname + url.search, site.publicUrl), {
    method: request.method,
    headers: request.headers,
    ...(request.method === 'GET' || request.method === 'HEAD' ? {} : { body: await request.arrayBuffer() }),
  });
  const response = await site.handle(inner, actor);
  if (request.method !== 'GET') platform.saveSite(site);
  const refused = response.headers.get('x-emulator-refused');
  if (refused) platform.warn(site.key, `not emulated: ${refused}`);
  return countAndStrip(platform.stats, site.key, 'doorCalls', request, response);
}

/** `pages` answers what is not REST. */
export function createSiteDoor(platform: Platform, site: JiraSite, pages: Hono | undefined): Hono {
  const app = new Hono();
  app.all('/rest/*', (c) => answerRest(platform, site, c.req.raw));
  // Where Data Center keeps the bytes of attachments.
  if (site.kind === 'datacenter') app.all('/secure/*', (c) => answerRest(platform, site, c.req.raw));
  if (pages) app.route('/', pages);
  return app;
}
