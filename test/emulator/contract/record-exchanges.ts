/** Writes down every request and answer of a site for the contract check, when a run asks for it. */
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Actor, JiraSite } from '../seam';

/** One request and its answer, as text. */
export interface Exchange {
  site: string;
  kind: JiraSite['kind'];
  method: string;
  /** Path with query, `/rest/...`. */
  path: string;
  /** Only those which a contract may speak of. */
  requestHeaders: Record<string, string>;
  /** Absent without a body and for files. */
  requestBody?: string;
  /** Names of the parts of a multipart request. */
  requestParts?: string[];
  status: number;
  /** The operation as the site names it; `refused` = not emulated, `broken` = it threw. */
  route: string;
  /** Absent for bytes. */
  responseBody?: string;
  responseType: string;
  responseHeaders: Record<string, string>;
}

type Handle = JiraSite['handle'];

const REQUEST_HEADERS = ['content-type', 'accept', 'range', 'x-atlassian-token'];
const RESPONSE_HEADERS = ['location', 'retry-after', 'content-range', 'accept-ranges'];

/**
 * The site's `handle`, kept as it is unless CONTRACT_REPORT names a folder: then each exchange is appended to that folder's
 * file of this process, one JSON object per line, after the site has answered.
 */
export function recorded(site: Pick<JiraSite, 'key' | 'kind'>, handle: Handle): Handle {
  const folder = process.env['CONTRACT_REPORT'];
  if (folder === undefined || folder === '') return handle;
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${process.pid}.jsonl`);
  return observed(site, handle, (exchange) => appendFileSync(file, `${JSON.stringify(exchange)}\n`));
}

/** A `handle` which shows each exchange to `see`; works on copies, so the caller gets the untouched answer. */
export function observed(
  site: Pick<JiraSite, 'key' | 'kind'>,
  handle: Handle,
  see: (exchange: Exchange) => void,
): Handle {
  return async (request: Request, actor: Actor) => {
    const asked = request.clone();
    const response = await handle(request, actor).catch(async (error: unknown) => {
      see(await exchangeOf(site, asked, brokenAnswer(error)));
      throw error;
    });
    see(await exchangeOf(site, asked, response.clone()));
    return response;
  };
}

/** A site that throws has no answer; the platform makes a 500 of it later. */
function brokenAnswer(error: unknown): Response {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new Response(text, {
    status: 500,
    headers: { 'x-emulator-route': 'broken', 'content-type': 'text/plain' },
  });
}

async function exchangeOf(
  site: Pick<JiraSite, 'key' | 'kind'>,
  request: Request,
  response: Response,
): Promise<Exchange> {
  const url = new URL(request.url);
  const responseType = response.headers.get('content-type') ?? '';
  return {
    site: site.key,
    kind: site.kind,
    method: request.method,
    path: `${url.pathname}${url.search}`,
    requestHeaders: pick(request.headers, REQUEST_HEADERS),
    ...(await requestContent(request)),
    status: response.status,
    route: response.headers.get('x-emulator-route') ?? '',
    ...(await responseContent(response, responseType)),
    responseType,
    responseHeaders: pick(response.headers, RESPONSE_HEADERS),
  };
}

async function requestContent(request: Request): Promise<Pick<Exchange, 'requestBody' | 'requestParts'>> {
  if ((request.headers.get('content-type') ?? '').startsWith('multipart/')) {
    const form = await request.formData().catch(() => undefined);
    return { requestParts: form === undefined ? ['(unreadable)'] : [...form.keys()] };
  }
  const text = await request.text();
  return text === '' ? {} : { requestBody: text };
}

async function responseContent(response: Response, type: string): Promise<Pick<Exchange, 'responseBody'>> {
  const isText = type === '' || type.startsWith('application/json') || type.startsWith('text/');
  if (!isText) {
    await response.arrayBuffer();
    return {};
  }
  return { responseBody: await response.text() };
}

function pick(headers: Headers, names: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of names) {
    const value = headers.get(name);
    if (value !== null) found[name] = value;
  }
  return found;
}
