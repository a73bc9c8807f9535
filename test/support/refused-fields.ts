/** What the Jira in memory refuses to write. */
import { z } from 'zod';
import type { LocalFields } from '#engine/ports/site';
import type { SiteResult } from '#engine/ports/site-result';
import type { SiteFacts } from '../worlds/site-facts';
import { invalid } from './site-answers';

const reference = z.object({ id: z.string() }).nullable();

/** As Jira does: ids of another site's options are refused, field by field. */
export function refusedFields(facts: SiteFacts, fields: LocalFields): SiteResult<never> | undefined {
  const known: Record<string, { id: string }[]> = {
    priority: facts.priorities,
    [facts.selectField]: facts.options,
  };
  const plain = ['summary', 'description', 'labels', 'duedate', ...(facts.freeFields ?? [])];
  const errors: Record<string, string> = {};
  for (const [name, value] of Object.entries(fields)) {
    const options = known[name];
    if (options === undefined) {
      if (!plain.includes(name)) errors[name] = `Field '${name}' cannot be set. It is unknown.`;
      continue;
    }
    const chosen = reference.safeParse(value);
    const isKnown =
      chosen.success && (chosen.data === null || options.some(({ id }) => id === chosen.data?.id));
    if (!isKnown) errors[name] = 'Option does not exist.';
  }
  return Object.keys(errors).length === 0 ? undefined : invalid('The fields were refused.', errors);
}
