/** Who calls and from where, out of the resolver's own context. */
import { z } from 'zod';

const contextSchema = z.looseObject({
  accountId: z.string().optional(),
  extension: z
    .looseObject({ issue: z.looseObject({ id: z.coerce.string(), key: z.string().optional() }).optional() })
    .optional(),
});

export interface Caller {
  accountId: string | undefined;
  /** The issue that the panel stands in, as the page says: readers must check that the caller may see it. */
  issueId: string | undefined;
}

export function readCaller(context: unknown): Caller {
  const parsed = contextSchema.safeParse(context);
  if (!parsed.success) return { accountId: undefined, issueId: undefined };
  return { accountId: parsed.data.accountId, issueId: parsed.data.extension?.issue?.id };
}
