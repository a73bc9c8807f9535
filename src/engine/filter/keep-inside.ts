/** Leaves out issues that the filters of this site keep at home, where pairs of existing issues are looked for. */
import { filterFieldIds } from '#core/model/filter';
import type { Agreement } from '../pairs/agreement';
import type { Later } from '../pairs/outcome';
import type { Ports } from '../ports/ports';
import type { IssueRead } from '../ports/site';
import { findOutside } from './find-outside';

/** Read with the fields of `fieldsOfFilters`. One about which Jira could not say is left out too. */
export async function keepInside(
  ports: Ports,
  agreement: Agreement,
  issues: readonly IssueRead[],
): Promise<{ kind: 'inside'; issues: IssueRead[] } | Later> {
  const found = await findOutside(ports, agreement, issues);
  if (found.kind === 'later') return found;
  const { outside, undecided } = found;
  return { kind: 'inside', issues: issues.filter(({ id }) => !outside.has(id) && !undecided.has(id)) };
}

/** Local fields that conditions of any mapping look at. */
export function fieldsOfFilters(agreement: Agreement): string[] {
  return [...new Set(agreement.mappings.flatMap(({ binding }) => filterFieldIds(binding.filter)))];
}
