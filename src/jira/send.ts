/** One request to Jira: encoded, sent, checked against the schema of its answer. */
import type { z } from 'zod';
import type { SiteResult } from '#engine/ports/site-result';
import { parseJson, toFailure, unreachable } from './errors';
import type { JiraAnswer, JiraClient, JiraRequest } from './jira-client';

type QueryValue = string | number | boolean | readonly string[] | undefined;

export interface Ask {
  method?: JiraRequest['method'];
  path: string;
  query?: Record<string, QueryValue>;
  body?: unknown;
}

/** `schema` reads the answer; what it does not know is ignored. */
export async function ask<T>(client: JiraClient, request: Ask, schema: z.ZodType<T>): Promise<SiteResult<T>> {
  const answer = await exchange(client, request);
  if (!answer.ok) return answer;
  const parsed = schema.safeParse(parseJson(answer.value.text));
  if (parsed.success) return { ok: true, value: parsed.data };
  const where = parsed.error.issues[0]?.path.join('.') ?? '';
  const message = `Jira answered ${request.path} in an unexpected form (${where}).`;
  return { ok: false, failure: { kind: 'unavailable', message } };
}

/** As `ask`, where Jira puts the same form into a refusal (400): what became of every element stands in it. */
export async function askRefusable<T>(
  client: JiraClient,
  request: Ask,
  schema: z.ZodType<T>,
): Promise<SiteResult<T>> {
  let refusal: string | undefined;
  const keeping: JiraClient = {
    async request(path, init) {
      const answer = await client.request(path, init);
      if (answer.status !== 400) return answer;
      const text = await answer.text();
      refusal = text;
      return { status: answer.status, headers: answer.headers, text: async () => text };
    },
  };
  const answer = await ask(keeping, request, schema);
  const parsed = refusal === undefined ? undefined : schema.safeParse(parseJson(refusal));
  return parsed?.success === true ? { ok: true, value: parsed.data } : answer;
}

/** For requests whose answer says nothing. */
export async function tell(client: JiraClient, request: Ask): Promise<SiteResult<void>> {
  const answer = await exchange(client, request);
  return answer.ok ? { ok: true, value: undefined } : answer;
}

/** Text of any successful answer, empty for 204. */
async function exchange(client: JiraClient, request: Ask): Promise<SiteResult<{ text: string }>> {
  const { method = 'GET', body } = request;
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  let answer: JiraAnswer;
  let text: string;
  try {
    answer = await client.request(`${request.path}${queryText(request.query)}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    text = await answer.text();
  } catch (error) {
    return { ok: false, failure: unreachable(error) };
  }
  if (answer.status >= 200 && answer.status < 300) return { ok: true, value: { text } };
  return { ok: false, failure: toFailure(answer, text) };
}

function queryText(query: Record<string, QueryValue> = {}): string {
  const parts: string[] = [];
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    const text = Array.isArray(value) ? value.join(',') : String(value);
    parts.push(`${encodeURIComponent(name)}=${encodeURIComponent(text)}`);
  }
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

/** `/rest/api/3/issue/10001`: every part is encoded. */
export function restPath(...parts: string[]): string {
  return `/rest/api/3/${parts.map(encodeURIComponent).join('/')}`;
}
