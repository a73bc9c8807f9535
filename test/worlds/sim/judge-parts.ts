/** Judges comments, logged work and files: each exactly as often as it should be, saying what was last said. */
import type { Ledger, PartStory, Story } from './ledger';
import { type Finding, otherSite, partKinds, type Seen, type SeenPart, type SiteName } from './ledger-words';

/** Whether something was allowed under every revision, under none, or now and then. */
export type Allowed = 'always' | 'never' | 'sometimes';

export function allowed(ledger: Ledger, read: (terms: Ledger['terms'][number]) => boolean): Allowed {
  const answers = new Set(ledger.terms.map(read));
  if (answers.size > 1) return 'sometimes';
  return answers.has(true) ? 'always' : 'never';
}

export function judgeCount(name: string, count: number, [least, most]: [number, number]): Finding[] {
  if (count < least) return [{ what: 'lost', text: `${name} is not there` }];
  if (count > most)
    return [{ what: 'duplicated', text: `${name} is there ${count} times instead of ${most}` }];
  return [];
}

export function judgeParts(ledger: Ledger, story: Story, sites: Record<SiteName, Seen>): Finding[] {
  const findings = story.parts.flatMap((part) => judgePart(ledger, story, part, sites));
  for (const site of ['acme', 'globex'] as const) {
    for (const kind of partKinds) {
      const known = new Set(story.parts.filter((one) => one.kind === kind).flatMap(({ texts }) => texts));
      const strange = sites[site].parts[kind].filter(({ text }) => !known.has(text));
      for (const { text } of strange) {
        const what = `${story.tag} on ${site}: nobody wrote ${kind} "${text}"`;
        findings.push({ what: 'duplicated', text: what });
      }
    }
  }
  return findings;
}

function judgePart(ledger: Ledger, story: Story, part: PartStory, sites: Record<SiteName, Seen>): Finding[] {
  const { kind, site, texts, isDeleted, isForgotten = false, isRestricted } = part;
  const last = `${kind} "${texts.at(-1) ?? ''}" of ${story.tag}`;
  const there = otherSite(site);
  const own = sites[site].parts[kind].filter((one) => !one.isCopy && texts.includes(one.text));
  const copies = sites[there].parts[kind].filter((one) => texts.includes(one.text));
  const findings = judgeCount(`${last} on ${site}`, own.length, isDeleted ? [0, 0] : [1, 1]);
  const name = `the copy of ${last} on ${there}`;
  const agreed = allowed(ledger, (terms) => terms[story.mapping]?.parts[kind][site] === true);
  const may = part.isOld && agreed === 'always' ? 'sometimes' : agreed;
  if (may === 'never' || isRestricted) return [...findings, ...judgeCount(name, copies.length, [0, 0])];
  if (may === 'sometimes') return [...findings, ...judgeCount(name, copies.length, [0, 1])];
  const isKept =
    isForgotten ||
    (kind === 'file' && allowed(ledger, (terms) => terms[story.mapping]?.keepsFiles === true) !== 'never');
  const ofDeleted: [number, number] = isKept ? [0, 1] : [0, 0];
  findings.push(...judgeCount(name, copies.length, isDeleted ? ofDeleted : [1, 1]));
  // What it said last was deleted with it, and cannot be read any more.
  if (isDeleted && isForgotten) return findings;
  return [...findings, ...copies.flatMap((copy) => judgeCopy(name, copy, part))];
}

function judgeCopy(name: string, copy: SeenPart, { kind, texts, author }: PartStory): Finding[] {
  const findings: Finding[] = [];
  if (copy.text !== texts.at(-1)) findings.push({ what: 'lost', text: `${name} still says "${copy.text}"` });
  if (kind !== 'file' && copy.author !== author) {
    findings.push({ what: 'diverged', text: `${name} names ${copy.author}` });
  }
  return findings;
}
