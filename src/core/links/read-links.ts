/** Links as Jira REST gives them with an issue (`issuelinks`). */
import { z } from 'zod';

/** Local field in which an issue lists its links. */
export const linksField = 'issuelinks';

/** Of one type, to (`away`) or from the other issue. */
export interface LocalLink {
  id: string;
  type: string;
  other: string;
  away: boolean;
}

const end = z.looseObject({ id: z.string() });
const rawSchema = z.array(
  z.looseObject({
    id: z.string(),
    type: z.looseObject({ name: z.string().min(1).max(255) }),
    // The entry names the other end: as outward issue when the link points away from this one.
    outwardIssue: end.optional(),
    inwardIssue: end.optional(),
  }),
);

/** Undefined when the issue was read without its links. */
export function readLinks(raw: unknown): LocalLink[] | undefined {
  const parsed = rawSchema.safeParse(raw);
  if (!parsed.success) return undefined;
  return parsed.data.flatMap(({ id, type, outwardIssue, inwardIssue }) => {
    const other = outwardIssue ?? inwardIssue;
    if (other === undefined) return [];
    return [{ id, type: type.name, other: other.id, away: outwardIssue !== undefined }];
  });
}
