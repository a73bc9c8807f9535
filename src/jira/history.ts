/** The history that Jira sends along with an issue (`expand=changelog`): its newest entries. */
import { z } from 'zod';
import type { HistoryEntry } from '#core/model/history';
import { momentSchema } from './moment';

/** Types of the accounts of people: of the site, and customers of a service desk. */
const people: ReadonlySet<string> = new Set(['atlassian', 'customer']);

/** What Jira may leave out: entries by deleted accounts have no author, changes of no real field no id. */
const entrySchema = z
  .looseObject({
    id: z.coerce.number().int().nonnegative(),
    created: momentSchema,
    author: z
      .looseObject({ displayName: z.string().optional(), accountType: z.string().optional() })
      .nullish(),
    items: z.array(
      z.looseObject({
        fieldId: z.string().optional(),
        from: z.string().nullish(),
        fromString: z.string().nullish(),
      }),
    ),
  })
  .transform(({ id, created, author, items }): HistoryEntry => {
    const fields = items.flatMap(({ fieldId, from, fromString }) =>
      fieldId === undefined ? [] : [{ fieldId, from: from ?? null, fromText: fromString ?? null }],
    );
    const isByPerson = people.has(author?.accountType ?? '');
    const who = (author?.displayName ?? '').slice(0, 255);
    return { id, at: created, who, ...(isByPerson ? { isByPerson } : {}), fields };
  });

/** Without it, or in a form that is not understood, an issue is read all the same: nothing is known then. */
export const changelogSchema = z
  .looseObject({ histories: z.array(entrySchema) })
  .transform(({ histories }) => histories)
  .optional()
  .catch(undefined);
