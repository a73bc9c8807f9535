/** Judge: holds what stands on both sites against what people did. Imports nothing of the app. */
import { judgeEnd, rangeAfterEnd } from './judge-ends';
import { isAtHome, judgeLeft, keptAtHome, mayHaveEntered, rangeOfFilter } from './judge-filters';
import { judgeLinks } from './judge-links';
import { type Allowed, allowed, judgeCount, judgeParts } from './judge-parts';
import { judgeSlot } from './judge-slot';
import type { Ledger, Story } from './ledger';
import {
  type AppWrite,
  type Finding,
  type Link,
  otherSite,
  type Seen,
  type Senders,
  type Shape,
  type SiteName,
  sameWord,
  type Word,
} from './ledger-words';

export interface Evidence {
  acme: readonly Seen[];
  globex: readonly Seen[];
  links: Readonly<Record<SiteName, readonly Link[]>>;
  /** Everything that stands in activity logs, conflict lists and quarantine, as one text. */
  logs: string;
  /** Everything that ever left a site, as one text. */
  wire: string;
  shapes: Readonly<Record<string, Shape>>;
  /** How logs say a word of a field. */
  says(slot: string, word: Word): string;
}

/** What should be and is not. Empty: all is well. */
export function judge(ledger: Ledger, evidence: Evidence): Finding[] {
  const findings: Finding[] = [];
  for (const story of ledger.stories.values()) findings.push(...judgeStory(ledger, story, evidence));
  for (const site of ['acme', 'globex'] as const) {
    for (const { tag } of evidence[site]) {
      if (!ledger.stories.has(tag))
        findings.push({ what: 'duplicated', text: `nobody made ${tag} on ${site}` });
    }
  }
  findings.push(...judgeWrites(ledger, evidence));
  findings.push(...judgeLinks(ledger, evidence.links, (tag) => isPair(ledger, evidence, tag)));
  const atHome = [...ledger.stories.values()].flatMap((story) => keptAtHome(ledger, story));
  for (const secret of [...ledger.secrets(), ...atHome]) {
    if (isSaid(evidence.wire, secret)) findings.push({ what: 'diverged', text: `"${secret}" leaked` });
  }
  return findings;
}

/** Both sites have it, and the pair neither rests nor is over. */
function isPair(ledger: Ledger, evidence: Evidence, tag: string): boolean {
  const story = ledger.stories.get(tag);
  if (story === undefined || story.removed.size > 0) return false;
  const find = (site: SiteName) => evidence[site].find((one) => one.tag === tag);
  const original = find(story.origin);
  return find(otherSite(story.origin)) !== undefined && !isAtHome(ledger, story, original);
}

/** No longer word that begins with it counts. */
function isSaid(wire: string, word: string): boolean {
  for (let at = wire.indexOf(word); at >= 0; at = wire.indexOf(word, at + 1)) {
    if (!/\d/.test(wire[at + word.length] ?? '')) return true;
  }
  return false;
}

function judgeStory(ledger: Ledger, story: Story, evidence: Evidence): Finding[] {
  const { tag, origin } = story;
  const twin = otherSite(origin);
  const here = evidence[origin].filter((one) => one.tag === tag);
  const there = evidence[twin].filter((one) => one.tag === tag);
  const creates = allowed(ledger, (terms) => terms[story.mapping]?.creates[origin] === true);
  const findings = [
    ...judgeCount(`${tag} on ${origin}`, here.length, rangeAfterEnd(ledger, story, origin) ?? [1, 1]),
    ...judgeCount(`the twin of ${tag} on ${twin}`, there.length, twinRange(ledger, story, creates, here[0])),
    ...(['acme', 'globex'] as const).flatMap((site) => {
      const found = evidence[site].filter((one) => one.tag === tag);
      return judgeEnd(ledger, { ...evidence, story, site, found, partner: evidence[otherSite(site)] });
    }),
  ];
  const [original] = here;
  const [copy] = there;
  if (findings.length > 0 || original === undefined) return findings;
  if (copy === undefined || story.removed.size > 0) return findings;
  if (isAtHome(ledger, story, original)) return judgeLeft(ledger, story, original, copy);
  const sites = { [origin]: original, [twin]: copy } as Record<SiteName, Seen>;
  return [...judgeSlots(ledger, story, sites, evidence), ...judgeParts(ledger, story, sites)];
}

function twinRange(
  ledger: Ledger,
  story: Story,
  creates: Allowed,
  original: Seen | undefined,
): [number, number] {
  const ended = rangeAfterEnd(ledger, story, otherSite(story.origin));
  if (ended !== undefined) return ended;
  if (creates === 'never') return [0, 0];
  if (story.takesPart === 'no') return [0, mayHaveEntered(ledger, story) ? 1 : 0];
  const filtered = rangeOfFilter(ledger, story, original);
  if (filtered !== undefined) return creates === 'always' ? filtered : [0, filtered[1]];
  const isSure = creates === 'always' && story.takesPart === 'yes' && !story.removed.has(story.origin);
  return isSure ? [1, 1] : [0, 1];
}

function judgeSlots(
  ledger: Ledger,
  story: Story,
  sites: Record<SiteName, Seen>,
  { shapes, logs, says }: Evidence,
): Finding[] {
  const findings: Finding[] = [];
  for (const [slot, shape] of Object.entries(shapes)) {
    const may = (site: SiteName) =>
      allowed(ledger, (terms) => terms[story.mapping]?.slots[slot]?.[site] === true);
    const senders = sendersOf(may);
    if (senders === undefined) continue;
    const found = { acme: sites.acme.words[slot] ?? null, globex: sites.globex.words[slot] ?? null };
    const edits = story.edits.get(slot) ?? [];
    const name = `${story.tag} ${slot}`;
    const word = (one: Word) => says(slot, one);
    findings.push(...judgeSlot({ name, shape, edits, found, senders, logs, says: word }));
  }
  return findings;
}

/** Undefined where it cannot be judged: the direction changed, or nothing travels. */
function sendersOf(may: (site: SiteName) => Allowed): Senders | undefined {
  const acme = may('acme');
  const globex = may('globex');
  if (acme === 'sometimes' || globex === 'sometimes' || (acme === 'never' && globex === 'never'))
    return undefined;
  return { acme: acme === 'always', globex: globex === 'always' };
}

/** Writes of the app that no edit of a person explains, or that say the same again. */
function judgeWrites(ledger: Ledger, { shapes }: Evidence): Finding[] {
  const findings: Finding[] = [];
  const last = new Map<string, AppWrite>();
  const passages = new Map<string, number>();
  for (const write of ledger.appWrites) {
    const story = ledger.stories.get(write.tag);
    const edits = story?.edits.get(write.slot) ?? [];
    const said = `${write.tag} ${write.slot} on ${write.site}: ${JSON.stringify(write.word)}`;
    const isSaid = shapes[write.slot] !== 'unique' || edits.some(({ word }) => sameWord(word, write.word));
    if (!isSaid) findings.push({ what: 'echo', text: `the app wrote what nobody said: ${said}` });
    const key = `${write.site} ${write.tag} ${write.slot} ${JSON.stringify(write.word)}`;
    const before = last.get(key);
    // One edit makes one walk through the workflow, which comes by each status once.
    const passed = (passages.get(key) ?? 0) + 1;
    passages.set(key, passed);
    const isExplained =
      write.slot === 'status'
        ? passed <= edits.filter(({ n }) => n <= write.n).length
        : edits.some(({ n }) => n > (before?.n ?? 0) && n <= write.n);
    if (before !== undefined && !isExplained) {
      findings.push({ what: 'echo', text: `the app wrote the same again: ${said}` });
    }
    last.set(key, write);
  }
  return findings;
}
