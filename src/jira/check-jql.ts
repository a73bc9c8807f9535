/** Has Jira read queries as strictly as a search would. */
import { z } from 'zod';
import type { SiteResult } from '#engine/ports/site-result';
import type { JiraClient } from './jira-client';
import { ask, restPath } from './send';

const parsedSchema = z.looseObject({
  queries: z.array(z.looseObject({ errors: z.array(z.string()).optional() })),
});

/** What is wrong with each; empty where nothing is. One call. */
export async function checkJql(
  client: JiraClient,
  queries: readonly string[],
): Promise<SiteResult<string[][]>> {
  const parsed = await ask(
    client,
    {
      method: 'POST',
      path: restPath('jql', 'parse'),
      query: { validation: 'strict' },
      body: { queries },
    },
    parsedSchema,
  );
  if (!parsed.ok) return parsed;
  return { ok: true, value: queries.map((_query, index) => parsed.value.queries[index]?.errors ?? []) };
}
