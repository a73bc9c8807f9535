/** Looks at the links of an issue: those that point away from it, to an issue which has a twin too, travel. */
import { changeLinks, compareLinks } from '#core/links/compare-links';
import { type LocalLink, linksField, readLinks } from '#core/links/read-links';
import type { Pair } from '#core/model/pair';
import { hashText } from '#core/protocol/hash';
import { type Link, mostLinks } from '#core/protocol/link-operations';
import { mayFlow } from '../filter/may-flow';
import type { Agreement } from '../pairs/agreement';
import { done, isPassing, later, type Outcome } from '../pairs/outcome';
import { findPair, putPair, readPair } from '../pairs/pairs';
import type { IssueRead } from '../ports/site';
import { setDirty } from '../rows/dirty';
import type { Session } from '../stream/session';
import { unlooked, writeLinks } from './apply-links';
import { maySendLinks, putLinkRow, readLinkRow } from './link-row';

/** `isAsked`: look although nothing seems to have changed, and try again what waits. */
export interface LinkLook {
  pair: Pair;
  issue: IssueRead;
  isAsked: boolean;
}

/** A link is said once, by the site and the issue from which it points. Costs no call where nothing changed. */
export async function captureLinks(
  session: Session,
  agreement: Agreement,
  { pair, issue, isAsked }: LinkLook,
): Promise<Outcome> {
  const links = readLinks(issue.fields[linksField]);
  if (links === undefined || pair.local === undefined) return done;
  const tried = isAsked ? await tryWaiting(session, pair) : done;
  if (tried.kind !== 'done') return tried;
  const seen = seenOf(links);
  if (!isAsked && (pair.links ?? nothing) === seen) return done;
  // Whoever points at this issue may say so although this one says nothing.
  if (pair.links === undefined) await wakeSources(session, links);
  const says = maySay(session, agreement, pair, issue);
  if (!says && pair.links !== undefined) return done;
  const said = says ? await sayLinks(session, pair, links) : done;
  if (said.kind !== 'done') return said;
  const after = await readPair(session, pair.pair);
  if (after !== undefined) putPair(session, { ...after, links: says ? seen : unlooked });
  return done;
}

async function tryWaiting(session: Session, pair: Pair): Promise<Outcome> {
  const { waiting = [] } = await readLinkRow(session, pair.pair);
  return writeLinks(session, pair, { add: waiting, remove: [] });
}

function maySay(session: Session, agreement: Agreement, pair: Pair, issue: IssueRead): boolean {
  return maySendLinks(agreement, pair) && mayFlow(session, agreement, pair, issue) === 'yes';
}

/** True when the links of an issue are not those at which somebody looked last. */
export function hasNewLinks(pair: Pair, issue: IssueRead): boolean {
  const links = readLinks(issue.fields[linksField]);
  return links !== undefined && (pair.links ?? nothing) !== seenOf(links);
}

/** Hash of no links at all. */
const nothing = seenOf([]);

function seenOf(links: readonly LocalLink[]): string {
  const lines = links.map(({ id, type, other, away }) => `${id} ${type} ${other} ${away}`).sort();
  return hashText(lines.join('\n')).slice(0, 16);
}

async function sayLinks(session: Session, pair: Pair, links: readonly LocalLink[]): Promise<Outcome> {
  const now: Link[] = [];
  for (const { type, other, away } of links) {
    const to = away ? await findPair(session, other) : undefined;
    if (to !== undefined && to.state !== 'gone') now.push({ type, to: to.pair });
  }
  const row = await readLinkRow(session, pair.pair);
  const { added, missing } = compareLinks(row.links, now);
  const removed = await reallyRemoved(session, missing);
  if (!Array.isArray(removed)) return removed;
  for (let start = 0; start < Math.max(added.length, removed.length); start += mostLinks) {
    const add = added.slice(start, start + mostLinks);
    const remove = removed.slice(start, start + mostLinks);
    session.say({ op: 'issue.links', pair: pair.pair, add, remove });
    session.tell('sent', pair.local?.key ?? 'an issue');
  }
  if (added.length + removed.length > 0) {
    putLinkRow(session, pair.pair, {
      ...row,
      links: changeLinks(row.links, { add: added, remove: removed }),
    });
  }
  return done;
}

/** A link whose other end cannot be seen any more was not removed by anybody. */
async function reallyRemoved(session: Session, missing: readonly Link[]): Promise<Link[] | Outcome> {
  const removed: Link[] = [];
  for (const link of missing) {
    const to = await readPair(session, link.to);
    if (to?.local === undefined || to.state !== 'twinned') continue;
    const read = await session.ports.site.readIssue(to.local.id, []);
    if (read.ok) removed.push(link);
    else if (isPassing(read.failure)) return later(read.failure);
  }
  return removed;
}

/** Issues that pointed at this one before it had a twin can say so now. */
async function wakeSources(session: Session, links: readonly LocalLink[]): Promise<void> {
  for (const { other, away } of links) {
    const source = away ? undefined : await findPair(session, other);
    if (source === undefined) continue;
    if (!session.hasRoom) await session.commit();
    session.noteDirty(setDirty(session.id, other, 'links', session.ports.clock.now()));
  }
}
