/** Operations on links between issues that both have a twin. */
import { z } from 'zod';

const id = z.string().regex(/^[a-z0-9-]{8,64}$/);

/** Elements of one operation; an issue with more sends several. */
export const mostLinks = 200;

/** `type`: name of the link type. `to`: pair of the issue at which the link points. */
export const linkSchema = z.object({ type: z.string().min(1).max(255), to: id });
export type Link = z.infer<typeof linkSchema>;

/** What changed about the links that point away from an issue: both lists say what shall be, so a repeat changes nothing. */
export const issueLinksSchema = z.object({
  op: z.literal('issue.links'),
  pair: id,
  add: z.array(linkSchema).max(mostLinks),
  remove: z.array(linkSchema).max(mostLinks),
});
export type IssueLinks = z.infer<typeof issueLinksSchema>;

/** Links of a pair that wait over there, all of them; none: nothing waits any more. */
export const linksHeldSchema = z.object({
  op: z.literal('issue.linksHeld'),
  pair: id,
  held: z.array(linkSchema.extend({ reason: z.string().max(500) })).max(mostLinks),
});
export type LinksHeld = z.infer<typeof linksHeldSchema>;
