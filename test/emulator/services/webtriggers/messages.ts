/** HTTP in, function payload out; function answer in, HTTP out. */
import { z } from 'zod';
import type { InvocationResult, Random } from '../../seam';
import type { WebtriggerModule } from '../contracts';
import { WEBTRIGGER_LIMITS } from '../limits';

/** First argument of a webtrigger's function. */
export interface WebtriggerRequest {
  method: string;
  headers: Record<string, string[]>;
  body: string;
  path: string;
  userPath: string;
  queryParameters: Record<string, string[]>;
}

/**
 * Header names reach the function as the caller wrote them, which a `Request` no longer knows: some calls come in lower case,
 * some capitalised, so that a function which compares names letter by letter fails here.
 */
export async function readRequest(
  request: Request,
  userPath: string,
  random: Random,
): Promise<WebtriggerRequest> {
  const url = new URL(request.url);
  const headers: Record<string, string[]> = {};
  const write = random() < 0.5 ? capitalised : (name: string) => name;
  for (const [name, value] of [['host', url.host] as const, ...request.headers])
    headers[write(name)] = [value];
  const queryParameters: Record<string, string[]> = {};
  for (const [name, value] of url.searchParams) {
    queryParameters[name] ??= [];
    queryParameters[name].push(value);
  }
  return {
    method: request.method,
    headers,
    body: await request.text(),
    path: url.pathname,
    userPath,
    queryParameters,
  };
}

function capitalised(name: string): string {
  return name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}

/** True when headers, query and body together exceed the payload of an invocation. */
export function isTooBig(message: unknown): boolean {
  return Buffer.byteLength(JSON.stringify(message)) > WEBTRIGGER_LIMITS.payloadBytes;
}

const dynamicAnswer = z.object({
  statusCode: z.number().int().min(200).max(599),
  statusText: z.string().optional(),
  headers: z.record(z.string(), z.array(z.string())).optional(),
  body: z.string().optional(),
});
const staticAnswer = z.object({ outputKey: z.string() });

/** What the caller gets. `problem` tells the app's developer why it is not what the function answered. */
export interface Answer {
  status: number;
  headers: [string, string][];
  body: string;
  problem?: string;
}

const broken = (status: number, body: string, problem: string): Answer => ({
  status,
  headers: [],
  body,
  problem,
});

export function answerOf(module: WebtriggerModule, result: InvocationResult): Answer {
  if (!result.ok)
    return result.reason === 'timeout'
      ? broken(424, 'Failed dependency', 'the function ran into its deadline')
      : broken(500, 'Internal server error', `the function failed: ${result.message}`);
  return module.response?.type === 'static'
    ? staticAnswerOf(module, result.value)
    : dynamicAnswerOf(result.value);
}

function staticAnswerOf(module: WebtriggerModule, value: unknown): Answer {
  const parsed = staticAnswer.safeParse(value);
  const output = module.response?.outputs?.find(({ key }) => parsed.success && key === parsed.data.outputKey);
  if (output === undefined)
    return broken(500, 'Internal server error', 'a static webtrigger must return a declared outputKey');
  return {
    status: output.statusCode,
    headers: output.contentType === undefined ? [] : [['content-type', output.contentType]],
    body: output.body ?? '',
  };
}

function dynamicAnswerOf(value: unknown): Answer {
  const parsed = dynamicAnswer.safeParse(value);
  if (!parsed.success)
    return broken(500, 'Internal server error', `incompatible answer: ${z.prettifyError(parsed.error)}`);
  if (isTooBig(parsed.data)) return broken(500, 'Internal server error', 'the answer exceeds 5 MB');
  const { statusCode, headers = {}, body = '' } = parsed.data;
  return {
    status: statusCode,
    headers: Object.entries(headers).flatMap(([name, values]) =>
      values.map((value): [string, string] => [name, value]),
    ),
    body,
  };
}

/** Statuses that HTTP gives no body. */
const BODILESS = new Set([204, 205, 304]);

export function toResponse(
  answer: Answer,
  rate: { limit: number; remaining: number; resetAt: number },
): Response {
  const headers = new Headers();
  try {
    for (const [name, value] of answer.headers) headers.append(name, value);
  } catch {
    return toResponse(broken(500, 'Internal server error', 'a header is not valid'), rate);
  }
  headers.set('X-Ratelimit-Limit', String(rate.limit));
  headers.set('X-Ratelimit-Remaining', String(rate.remaining));
  headers.set('X-Ratelimit-Reset', String(Math.ceil(rate.resetAt / 1000)));
  return new Response(BODILESS.has(answer.status) ? null : answer.body, { status: answer.status, headers });
}
