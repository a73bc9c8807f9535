/** Link row: what both sites agree on about the links that point away from an issue, and what waits of the partner's. */
import { z } from 'zod';
import type { Pair } from '#core/model/pair';
import { linkSchema } from '#core/protocol/link-operations';
import { type Agreement, findMapping, iMaySend, partnerMaySend } from '../pairs/agreement';
import { stageProblems } from '../pairs/problems';
import { setDirty } from '../rows/dirty';
import type { Session } from '../stream/session';

/** Most links of an issue (jira.md: 2,000). */
const mostLinks = 2_000;

const linkRowSchema = z.object({
  links: z.array(linkSchema).max(mostLinks),
  waiting: z
    .array(linkSchema.extend({ reason: z.string().max(500) }))
    .max(mostLinks)
    .optional(),
});
export type LinkRow = z.infer<typeof linkRowSchema>;

const keyOf = (session: Session, pair: string): string => `${session.id}:links:${pair}`;

export async function readLinkRow(session: Session, pair: string): Promise<LinkRow> {
  const body = await session.rows.read('issueIndex', keyOf(session, pair));
  return body === undefined ? { links: [] } : linkRowSchema.parse(body);
}

export function putLinkRow(session: Session, pair: string, { links, waiting = [] }: LinkRow): void {
  const key = keyOf(session, pair);
  if (links.length + waiting.length === 0) session.rows.remove('issueIndex', key);
  else {
    const body: LinkRow = waiting.length === 0 ? { links } : { links, waiting };
    session.rows.put('issueIndex', key, body, { group: session.id, rank: 'links' });
  }
}

/** What waits for this issue is tried, and what it says is compared. */
export function noteLinks(session: Session, issueId: string): void {
  session.noteDirty(setDirty(session.id, issueId, 'links', session.ports.clock.now()));
}

export function maySendLinks(agreement: Agreement, pair: Pair): boolean {
  const terms = findMapping(agreement, pair.mapping)?.mapping.links ?? 'off';
  return terms !== 'off' && iMaySend(agreement, terms);
}

export function mayReceiveLinks(agreement: Agreement, pair: Pair): boolean {
  const terms = findMapping(agreement, pair.mapping)?.mapping.links ?? 'off';
  return terms !== 'off' && partnerMaySend(agreement, terms);
}

/** All that waits of the links of one issue; nothing: the problem is gone. */
export async function stageLinkProblem(
  session: Session,
  pair: Pair,
  held: readonly { type: string; reason: string }[],
  side: 'here' | 'partner',
): Promise<void> {
  const at = session.ports.clock.now();
  const reasons = [...new Map(held.map((one) => [`${one.type} ${one.reason}`, one])).values()];
  const next =
    side === 'here'
      ? 'Correct the cause here, then choose Try again.'
      : 'The admin of the partner site can correct the cause; then choose Try again.';
  await stageProblems(session, `links:${pair.pair}`, {
    ...(pair.local === undefined ? {} : { issueId: pair.local.id, issueKey: pair.local.key }),
    links: true,
    items: reasons.slice(0, 20).map(({ type, reason }, place) => ({
      id: `link-${place}`,
      at,
      what: `Link "${type}"`.slice(0, 300),
      reason,
      next,
      side,
    })),
  });
}
