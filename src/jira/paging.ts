/** Reads all pages of a listing that counts by `startAt`. */
import { z } from 'zod';
import type { SiteResult } from '#engine/ports/site-result';
import type { JiraClient } from './jira-client';
import { type Ask, ask } from './send';

const pageSchema = z.looseObject({ total: z.number().optional(), isLast: z.boolean().optional() });

/** A site with more pages than this is not read on: something is wrong. */
const mostPages = 200;

/** `list`: name of the array in the answer, the first that is there. Pages may be shorter than asked for. */
export async function askAll<T>(
  client: JiraClient,
  request: Ask,
  options: { list: readonly string[]; item: z.ZodType<T>; pageSize: number },
): Promise<SiteResult<T[]>> {
  const all: T[] = [];
  for (let pages = 0; pages < mostPages; pages += 1) {
    const query = { ...request.query, startAt: all.length, maxResults: options.pageSize };
    const page = await ask(client, { ...request, query }, pageSchema);
    if (!page.ok) return page;
    const name = options.list.find((candidate) => page.value[candidate] !== undefined);
    const items = z.array(options.item).safeParse(name === undefined ? [] : page.value[name]);
    if (!items.success) {
      const message = `Jira answered ${request.path} in an unexpected form.`;
      return { ok: false, failure: { kind: 'unavailable', message } };
    }
    all.push(...items.data);
    const { total, isLast } = page.value;
    if (items.data.length === 0 || isLast === true || (total !== undefined && all.length >= total)) break;
  }
  return { ok: true, value: all };
}
