/** The three GraphQL operations by which `@forge/api` makes, lists and deletes webtrigger addresses. */
import { z } from 'zod';
import type { Clock, Installation } from '../../seam';
import type { WebtriggerModule } from '../contracts';
import { MINUTE, WEBTRIGGER_LIMITS } from '../limits';
import { createRateWindow } from '../rate-window';
import type { WebtriggerUrls } from './urls';

const createVariables = z.strictObject({
  input: z.strictObject({
    appId: z.string(),
    envId: z.string(),
    triggerKey: z.string(),
    contextId: z.string(),
    secretKeyConfig: z.unknown().optional(),
  }),
  forceCreate: z.boolean().nullish(),
});
const deleteVariables = z.strictObject({ id: z.string() });
const listVariables = z.strictObject({ appId: z.string(), envId: z.string(), contextId: z.string() });

export interface ManagementOptions {
  appId: string;
  environmentId: string;
  modules: ReadonlyMap<string, WebtriggerModule>;
  urls: WebtriggerUrls;
  clock: Clock;
}

/** Answers as GraphQL does: errors with status 200, limits with 429. */
export type Management = (installation: Installation, query: string, variables: unknown) => Response;

/** A refusal that becomes an entry of `errors`. */
class OperationError extends Error {}
class RateError extends Error {}

export function createManagement(options: ManagementOptions): Management {
  const { urls, modules, clock } = options;
  const rates = {
    gets: createRateWindow(clock, WEBTRIGGER_LIMITS.getsPerMinute, MINUTE),
    creates: createRateWindow(clock, WEBTRIGGER_LIMITS.createsPerMinute, MINUTE),
    deletes: createRateWindow(clock, WEBTRIGGER_LIMITS.deletesPerMinute, MINUTE),
  };

  function count(kind: keyof typeof rates, key: string): void {
    if (!rates[kind].fits(key)) throw new RateError();
    rates[kind].count(key);
  }

  function checkContext(
    installation: Installation,
    input: { appId: string; envId: string; contextId: string },
  ): void {
    if (input.appId !== options.appId) throw new OperationError(`App ${input.appId} is not known`);
    if (input.envId !== options.environmentId)
      throw new OperationError(`Environment ${input.envId} is not known`);
    if (input.contextId !== installation.contextAri)
      throw new OperationError(`The app is not installed in ${input.contextId}`);
  }

  function create(installation: Installation, variables: unknown): unknown {
    const { input, forceCreate } = read(createVariables, variables);
    checkContext(installation, input);
    if (input.secretKeyConfig !== undefined)
      throw new OperationError('secretKeyConfig (HMAC of webtriggers) is not emulated');
    const module = modules.get(input.triggerKey);
    if (module === undefined)
      throw new OperationError(`Webtrigger "${input.triggerKey}" is not in the manifest`);
    const existing = forceCreate === true ? undefined : urls.find(installation.id, module.key);
    count(existing === undefined ? 'creates' : 'gets', installation.id);
    return { createWebTriggerUrl: { url: (existing ?? urls.create(installation.id, module)).url } };
  }

  function remove(installation: Installation, variables: unknown): unknown {
    const { id } = read(deleteVariables, variables);
    count('deletes', id);
    const success = urls.delete(installation.id, id);
    return {
      deleteWebTriggerUrl: { success, message: success ? null : `Web trigger URL ${id} does not exist` },
    };
  }

  function list(installation: Installation, variables: unknown): unknown {
    checkContext(installation, read(listVariables, variables));
    count('gets', installation.id);
    const found = urls.list(installation.id);
    return {
      webTriggerUrlsByAppContext: found.map(({ moduleKey, url }) => ({ triggerKey: moduleKey, url })),
    };
  }

  function operationOf(query: string): (installation: Installation, variables: unknown) => unknown {
    if (/\bcreateWebTriggerUrl\s*\(/.test(query)) return create;
    if (/\bdeleteWebTriggerUrl\s*\(/.test(query)) return remove;
    if (/\bwebTriggerUrlsByAppContext\s*\(/.test(query)) return list;
    throw new OperationError(`GraphQL operation is not emulated: ${query.trim().slice(0, 80)}`);
  }

  return (installation, query, variables) => {
    try {
      return Response.json({ data: operationOf(query)(installation, variables) });
    } catch (error) {
      if (error instanceof RateError) return new Response('Too many requests', { status: 429 });
      if (!(error instanceof OperationError)) throw error;
      return Response.json({ data: null, errors: [{ message: error.message }] });
    }
  };
}

function read<T>(schema: z.ZodType<T>, variables: unknown): T {
  const parsed = schema.safeParse(variables);
  if (parsed.success) return parsed.data;
  throw new OperationError(`Variables are not valid: ${z.prettifyError(parsed.error)}`);
}
