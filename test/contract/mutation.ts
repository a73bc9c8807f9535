/** Deliberate lies of a site: the proof that each contract layer would notice a real one. */
import type { JiraSite } from '../emulator/seam';

/** a = OpenAPI document, b = jira.js with onSchemaMismatch 'throw', c = recorded shapes. */
export type Layer = 'a' | 'b' | 'c';

export interface Answer {
  status: number;
  body: unknown;
}

export interface Mutation {
  name: string;
  /** The operation that lies, as the site names it. */
  operation: string;
  /** Changes the true answer. */
  lie?: (answer: Answer) => Answer;
  /** A query parameter that the caller adds and the site swallows. */
  swallows?: string;
  /** The layers that can see this kind of lie, and therefore must. */
  caughtBy: readonly Layer[];
}

/** The site's `handle` with one lie in it. */
export function lying(handle: JiraSite['handle'], mutation: Mutation | undefined): JiraSite['handle'] {
  if (mutation === undefined) return handle;
  return async (request, actor) => {
    const { lie, swallows } = mutation;
    const url = new URL(request.url);
    if (swallows !== undefined) url.searchParams.delete(swallows);
    const response = await handle(new Request(url, request), actor);
    if (response.headers.get('x-emulator-route') !== mutation.operation || lie === undefined) return response;
    const text = await response.text();
    const told = lie({ status: response.status, body: text === '' ? undefined : JSON.parse(text) });
    return new Response(told.body === undefined ? null : JSON.stringify(told.body), {
      status: told.status,
      headers: response.headers,
    });
  };
}

type Json = Record<string, unknown>;

/** Changes every value at a path like `values[].id`; `undefined` takes the key away. */
export function at(path: string, change: (value: unknown) => unknown): (answer: Answer) => Answer {
  return ({ status, body }) => ({ status, body: changed(body, path.split('.'), change) });
}

function changed(value: unknown, steps: readonly string[], change: (value: unknown) => unknown): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return change(value);
  if (step === '[]') return (value as unknown[]).map((item) => changed(item, rest, change));
  const parent = value as Json;
  const inner = changed(parent[step], rest, change);
  if (inner !== undefined) return { ...parent, [step]: inner };
  const { [step]: _gone, ...others } = parent;
  return others;
}
