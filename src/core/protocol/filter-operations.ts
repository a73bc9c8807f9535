/** Operations that tell that an issue stops to match the filter of its site, and that it matches again. */
import { z } from 'zod';

const pairId = z.string().regex(/^[a-z0-9-]{8,64}$/);

/** The receiver sends nothing of it, and does with its copy what the agreement says. A repeat changes nothing. */
export const issueLeftSchema = z.object({ op: z.literal('issue.left'), pair: pairId });

/** From here on changes are sent again, both ways. A repeat changes nothing. */
export const issueBackSchema = z.object({ op: z.literal('issue.back'), pair: pairId });
