/** Judges links: each that somebody made is there, once, until somebody takes it away; where it may travel, on both sites. */
import type { Ledger, LinkStory } from './ledger';
import { type Finding, type Link, otherSite, type Senders, type SiteName } from './ledger-words';

/** `links`: as each site shows them. `isPair`: both sites have this issue, and both go on. */
export function judgeLinks(
  ledger: Ledger,
  links: Readonly<Record<SiteName, readonly Link[]>>,
  isPair: (tag: string) => boolean,
): Finding[] {
  const sites = ['acme', 'globex'] as const;
  const strange = sites.flatMap((site) =>
    links[site].flatMap((link): Finding[] => {
      const text = `nobody linked ${nameOf(link)} on ${site}`;
      return ledger.link(link) === undefined ? [{ what: 'duplicated', text }] : [];
    }),
  );
  const known = ledger.links.filter(({ from, to }) => isPair(from) && isPair(to));
  return [
    ...strange,
    ...known.flatMap((link) => sites.flatMap((site) => judgeOn(ledger, link, site, links[site]))),
  ];
}

function judgeOn(ledger: Ledger, link: LinkStory, site: SiteName, shown: readonly Link[]): Finding[] {
  const senders = ledger.terms[0]?.[ledger.story(link.from).mapping]?.links;
  if (senders === undefined) return [];
  const [least, most] = rangeOn(link, site, senders);
  const count = shown.filter((one) => nameOf(one) === nameOf(link)).length;
  const text = `the link ${nameOf(link)} of ${link.site} is on ${site} ${count} times`;
  if (count < least) return [{ what: 'lost', text }];
  if (count > most)
    return [
      { what: link.removed === undefined ? 'duplicated' : 'lost', text: `${text}, but was taken away` },
    ];
  return [];
}

/** Who took it away where nothing may be sent took it away here only; nothing brings it back, and nothing must. */
function rangeOn(link: LinkStory, site: SiteName, senders: Senders): [number, number] {
  const { site: by, removed } = link;
  const hasCome = by === site || senders[otherSite(site)];
  if (!hasCome) return [0, 0];
  if (removed === undefined) return [1, 1];
  if (removed === site || senders[removed]) return [0, 0];
  return [1, 1];
}

function nameOf({ type, from, to }: Link): string {
  return `${from} ${type} ${to}`;
}
