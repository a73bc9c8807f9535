/** Checks the filters of a draft before anybody relies on them: queries by Jira, conditions by this site's catalog. */
import type { Finding } from '#core/agreement/check-draft';
import { checkConditions } from '#core/filter/check-conditions';
import type { Catalog } from '#core/model/catalog';
import type { DraftMapping } from '#core/model/draft';
import { jiraRefusal } from '../errors';
import type { Ports } from '../ports/ports';

/** One call to Jira, and none without queries. Mappings that are switched off are not looked at. */
export async function checkFilters(
  ports: Ports,
  drafts: readonly DraftMapping[],
  mine: Catalog,
): Promise<Finding[]> {
  const enabled = drafts.filter(({ enabled }) => enabled);
  const asked = enabled.flatMap(({ label, filter }) =>
    filter?.jql === undefined ? [] : [{ label, jql: filter.jql }],
  );
  const wrong = await readErrors(
    ports,
    asked.map(({ jql }) => jql),
  );
  const queries = asked.flatMap(({ label }, index): Finding[] => {
    const errors = wrong[index] ?? [];
    if (errors.length === 0) return [];
    const text = `"${label}": Jira does not understand the query of the filter: ${errors.join(' ')}`;
    return [{ level: 'blocking', text }];
  });
  return [...queries, ...enabled.flatMap((draft) => checkConditions(draft, mine))];
}

/** For the editor, while somebody writes. */
export async function checkQuery(ports: Ports, request: { jql: string }): Promise<{ errors: string[] }> {
  const [errors = []] = await readErrors(ports, [request.jql]);
  return { errors };
}

async function readErrors(ports: Ports, queries: string[]): Promise<string[][]> {
  if (queries.length === 0) return [];
  const checked = await ports.site.checkJql(queries);
  if (checked.ok) return checked.value;
  throw jiraRefusal(checked.failure);
}
