/** Shares this site's catalog, within its scope, once both admins have confirmed each other. */
import { fitCatalog, scopeCatalog } from '#core/scope/scope-catalog';
import type { Ports } from '../ports/ports';
import { postControl } from '../post-control';
import { recordActivity, recordActivityOnce } from '../record-activity';
import { readConnection, updateConnection } from '../update-connection';

/** Characters of JSON: one row of the store and one message must hold it. */
const longestCatalog = 150_000;

/** Does nothing unless it is due; when Jira does not answer it stays due, and whoever calls next tries again. */
export async function shareCatalogIfDue(ports: Ports, id: string): Promise<void> {
  const row = await readConnection(ports, id);
  if (row?.catalogDue !== true || row.phase !== 'joined') return;
  if (row.confirmedHere === undefined || row.confirmedThere === undefined) return;
  const read = await ports.site.catalog();
  if (!read.ok) {
    const text = `The projects of this site could not be read: ${read.failure.message}`;
    await recordActivityOnce(ports, id, 'catalog', { level: 'warning', text });
    return;
  }
  const { catalog, leftOut } = fitCatalog(scopeCatalog(read.value, row.scope), longestCatalog);
  await postControl(ports, id, { op: 'catalog.share', catalog });
  await updateConnection(ports, id, (current) => {
    const { catalogDue: _due, ...rest } = current;
    // A scope that was changed meanwhile is due again.
    return JSON.stringify(current.scope) === JSON.stringify(row.scope) ? rest : undefined;
  });
  if (leftOut > 0) {
    await recordActivity(ports, id, {
      level: 'warning',
      text: `${leftOut} projects did not fit into the message to the partner. Narrow the scope to those that you want to share.`,
    });
  }
}
