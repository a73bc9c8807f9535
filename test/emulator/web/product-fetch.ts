/** `requestJira` of `@forge/bridge`: turns its message into a request and the response into its message. */
import { z } from 'zod';

/** What `@forge/bridge` makes a `Response` of; `body` is base64 when `isAttachment`. */
export interface ProductAnswer {
  status: number;
  statusText: string;
  headers: Record<string, string>;
  body: string;
  isAttachment?: true;
}

interface ProductInit {
  method?: string | undefined;
  body?: string | null | undefined;
  headers: [string, string][];
  /** The body is JSON of form fields, files as base64 data URLs with `__<key>Name` and `__<key>Type` beside them. */
  multipart: boolean;
}

/** Headers a page may never choose; the session decides who calls. */
const NOT_FORWARDED = new Set(['cookie', 'authorization', 'host', 'origin', 'content-length']);

/** The request as Jira shall see it. */
export function productRequest(baseUrl: string, restPath: string, init: ProductInit): Request {
  const headers = new Headers(init.headers.filter(([name]) => !NOT_FORWARDED.has(name.toLowerCase())));
  const method = init.method?.toUpperCase() ?? 'GET';
  const url = new URL(restPath, baseUrl);
  if (method === 'GET' || method === 'HEAD') {
    return new Request(url, { method, headers });
  }
  if (init.multipart) {
    headers.delete('content-type');
    return new Request(url, { method, headers, body: formOf(init.body ?? '{}') });
  }
  return new Request(url, { method, headers, body: init.body ?? null });
}

function formOf(json: string): FormData {
  const fields = z.record(z.string(), z.string()).parse(JSON.parse(json));
  const form = new FormData();
  for (const [key, value] of Object.entries(fields)) {
    if (key.startsWith('__')) {
      continue;
    }
    const name = fields[`__${key}Name`];
    if (name === undefined) {
      form.append(key, value);
      continue;
    }
    const bytes = Buffer.from(value.slice(value.indexOf(',') + 1), 'base64');
    form.append(key, new File([bytes], name, { type: fields[`__${key}Type`] ?? '' }));
  }
  return form;
}

/** Text stays text; anything else travels as base64. */
export async function productAnswer(response: Response): Promise<ProductAnswer> {
  const headers = Object.fromEntries(response.headers.entries());
  const bytes = Buffer.from(await response.arrayBuffer());
  const type = response.headers.get('content-type') ?? '';
  const { status, statusText } = response;
  if (bytes.length === 0 || /json|text|xml/.test(type)) {
    return { status, statusText, headers, body: bytes.toString('utf8') };
  }
  return { status, statusText, headers, body: bytes.toString('base64'), isAttachment: true };
}
