/** This site's catalog after scope, read from Jira now. */
import type { Catalog } from '#core/model/catalog';
import { scopeCatalog } from '#core/scope/scope-catalog';
import { jiraRefusal } from '../errors';
import type { Ports } from '../ports/ports';
import type { Connection } from '../rows/connection';

/** Throws a Refusal when Jira does not answer. */
export async function ownCatalog(ports: Ports, row: Connection): Promise<Catalog> {
  const read = await ports.site.catalog();
  if (!read.ok) throw jiraRefusal(read.failure);
  return scopeCatalog(read.value, row.scope);
}
