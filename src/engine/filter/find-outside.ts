/** Asks which issues the filters of this site keep at home: conditions are looked at here, queries by Jira. */
import { amongIssues } from '#core/filter/jql-text';
import { meetsConditions } from '#core/filter/meets-conditions';
import { isOpen } from '#core/model/filter';
import { type AgreedMapping, type Agreement, mappingOf } from '../pairs/agreement';
import { isPassing, type Later, later } from '../pairs/outcome';
import type { Ports } from '../ports/ports';
import type { IssueRead } from '../ports/site';
import { areasOf } from './areas-of';

/** Issues of one question (Jira reconciles no more). */
const page = 50;

/** `undecided`: Jira refuses the query, with the reason; nothing is concluded from that. */
export interface Outside {
  kind: 'found';
  outside: Set<string>;
  undecided: Map<string, { agreed: AgreedMapping; why: string }>;
}

/** As they were read, and as Jira has them now. One call for every 50 issues whose mapping has a query; else none. */
export async function findOutside(
  ports: Ports,
  agreement: Agreement,
  issues: readonly IssueRead[],
): Promise<Outside | Later> {
  const found: Outside = { kind: 'found', outside: new Set(), undecided: new Map() };
  const asked: Asked[] = [];
  for (const issue of issues) {
    const agreed = mappingOf(agreement, issue);
    const filter = agreed?.binding.filter;
    if (agreed === undefined || filter === undefined || isOpen(filter)) continue;
    if (!meetsConditions(filter.conditions ?? [], issue)) found.outside.add(issue.id);
    else if (filter.jql !== undefined) asked.push({ id: issue.id, agreed });
  }
  for (let start = 0; start < asked.length; start += page) {
    const failed = await askPage(ports, asked.slice(start, start + page), found);
    if (failed !== undefined) return failed;
  }
  return found;
}

interface Asked {
  id: string;
  agreed: AgreedMapping;
}

async function askPage(ports: Ports, asked: readonly Asked[], found: Outside): Promise<Later | undefined> {
  const mappings = [...new Set(asked.map(({ agreed }) => agreed))];
  const ids = asked.map(({ id }) => id);
  const matching = await ports.site.matching(ids, amongIssues(ids, areasOf(mappings)));
  if (matching.ok) {
    for (const id of ids) if (!matching.value.includes(id)) found.outside.add(id);
    return undefined;
  }
  if (isPassing(matching.failure)) return later(matching.failure);
  // One query that went wrong must not hold back what the others decide.
  if (mappings.length > 1) {
    for (const mapping of mappings) {
      const own = asked.filter(({ agreed }) => agreed === mapping);
      const failed = await askPage(ports, own, found);
      if (failed !== undefined) return failed;
    }
    return undefined;
  }
  for (const { id, agreed } of asked) found.undecided.set(id, { agreed, why: matching.failure.message });
  return undefined;
}
