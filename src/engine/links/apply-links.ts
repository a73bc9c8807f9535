/** Applies what the partner says of links: read, write what is not so already; what cannot be written waits. */
import { changeLinks, linkKey } from '#core/links/compare-links';
import { type LocalLink, linksField, readLinks } from '#core/links/read-links';
import type { Pair } from '#core/model/pair';
import type { IssueLinks, Link, LinksHeld } from '#core/protocol/link-operations';
import type { Agreement } from '../pairs/agreement';
import { done, isPassing, later, type Outcome } from '../pairs/outcome';
import { putPair, readPair } from '../pairs/pairs';
import type { SiteFailure } from '../ports/site-result';
import type { Session } from '../stream/session';
import { type LinkRow, mayReceiveLinks, putLinkRow, readLinkRow, stageLinkProblem } from './link-row';

type Held = NonNullable<LinkRow['waiting']>;
type Wanted = Pick<IssueLinks, 'add' | 'remove'>;

/** No hash: the next look at our issue compares. */
export const unlooked = '-';

const noTwin = 'The issue at the other end has no twin here.';
const notHere = 'Its issue is not here.';
const notAgreed = 'Links of the partner are not agreed for this issue.';

/** Both lists say what shall be: a repeat finds it so. */
export async function applyLinks(
  session: Session,
  agreement: Agreement,
  operation: IssueLinks,
): Promise<Outcome> {
  const pair = await readPair(session, operation.pair);
  if (pair === undefined || pair.state === 'gone') return done;
  if (!mayReceiveLinks(agreement, pair)) {
    const held = operation.add.map((link) => ({ ...link, reason: notAgreed }));
    if (held.length > 0) session.say({ op: 'issue.linksHeld', pair: pair.pair, held });
    return done;
  }
  return writeLinks(session, pair, operation);
}

/** The partner's answer: what of ours waits over there. */
export async function applyLinksHeld(session: Session, { pair: id, held }: LinksHeld): Promise<Outcome> {
  const pair = await readPair(session, id);
  if (pair !== undefined) await stageLinkProblem(session, pair, held, 'partner');
  return done;
}

/** Changes nothing where nothing is wanted. */
export async function writeLinks(session: Session, pair: Pair, wanted: Wanted): Promise<Outcome> {
  if (wanted.add.length + wanted.remove.length === 0) return done;
  const present = await linksOf(session, pair);
  if ('kind' in present) return present;
  const held: Held = [];
  const added: Link[] = [];
  for (const { type, to } of wanted.add) {
    const outcome = await addLink(session, pair, present.links, { type, to });
    if (typeof outcome === 'object') return outcome;
    if (outcome === 'there') added.push({ type, to });
    else held.push({ type, to, reason: outcome.slice(0, 500) });
  }
  for (const link of wanted.remove) {
    const failed = await removeLink(session, present.links, link);
    if (failed !== undefined) return failed;
  }
  await keep(session, pair, { added, held, wanted });
  return done;
}

/** No links where the issue cannot be read: then everything waits. */
async function linksOf(
  session: Session,
  pair: Pair,
): Promise<{ links: (LocalLink & { to?: string })[] | undefined } | Outcome> {
  if (pair.local === undefined || pair.state !== 'twinned') return { links: undefined };
  const read = await session.ports.site.readIssue(pair.local.id, [linksField]);
  if (!read.ok) return isPassing(read.failure) ? later(read.failure) : { links: undefined };
  return { links: readLinks(read.value.fields[linksField]) };
}

/** `there`, the reason why not, or what to wait for. */
async function addLink(
  session: Session,
  pair: Pair,
  links: readonly LocalLink[] | undefined,
  { type, to }: Link,
): Promise<string | Outcome> {
  if (links === undefined || pair.local === undefined) return notHere;
  const target = await readPair(session, to);
  if (target?.local === undefined || target.state === 'gone') return noTwin;
  if (links.some((link) => isSame(link, type, target))) return 'there';
  await session.hold();
  const made = await session.ports.site.createLink(type, pair.local.id, target.local.id);
  return made.ok ? 'there' : reasonOf(made.failure);
}

async function removeLink(
  session: Session,
  links: readonly LocalLink[] | undefined,
  { type, to }: Link,
): Promise<Outcome | undefined> {
  const target = await readPair(session, to);
  for (const link of links ?? []) {
    if (target === undefined || !isSame(link, type, target)) continue;
    await session.hold();
    const removed = await session.ports.site.deleteLink(link.id);
    if (!removed.ok && isPassing(removed.failure)) return later(removed.failure);
  }
  return undefined;
}

function isSame(link: LocalLink, type: string, target: Pair): boolean {
  return link.away && link.other === target.local?.id && link.type.toLowerCase() === type.toLowerCase();
}

function reasonOf(failure: SiteFailure): string | Outcome {
  return isPassing(failure) ? later(failure) : failure.message;
}

/** What is there is agreed; what could not be made waits and is told. */
async function keep(
  session: Session,
  pair: Pair,
  { added, held, wanted }: { added: Link[]; held: Held; wanted: Wanted },
): Promise<void> {
  const row = await readLinkRow(session, pair.pair);
  const settled = new Set([...wanted.add, ...wanted.remove].map(linkKey));
  const waiting = [...(row.waiting ?? []).filter((link) => !settled.has(linkKey(link))), ...held];
  const links = changeLinks(row.links, { add: added, remove: wanted.remove });
  putLinkRow(session, pair.pair, { links, waiting });
  const after = await readPair(session, pair.pair);
  // What our issue lists is not what was looked at last: without this, links that somebody removes would look like none ever.
  if (after !== undefined && after.links !== unlooked) putPair(session, { ...after, links: unlooked });
  if (added.length + wanted.remove.length > 0) session.tell('received', pair.local?.key ?? 'an issue');
  if (waiting.length === 0 && row.waiting === undefined) return;
  await stageLinkProblem(session, pair, waiting, 'here');
  session.say({ op: 'issue.linksHeld', pair: pair.pair, held: waiting.slice(0, 200) });
}
