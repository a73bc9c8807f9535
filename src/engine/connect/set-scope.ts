/** Scope: what this site shows of itself; can be changed later, with a preview of what that does to the mappings. */
import type { Scope } from '#core/model/scope';
import { shows } from '#core/scope/shows';
import { readNewestContract } from '../agree/read-contract';
import { shareCatalogIfDue } from '../agree/share-catalog';
import type { Ports } from '../ports/ports';
import { recordActivity } from '../record-activity';
import { updateConnection } from '../update-connection';
import { checkScope } from './invite';
import { requirePhase } from './require-connection';

const living = ['invited', 'received', 'joining', 'joined'] as const;
const tooLate = 'This synchronization has ended.';

interface ScopeRequest {
  id: string;
  scope: Scope;
}

/** Labels of the mappings that would lose their project or an issue type. */
export async function previewScope(ports: Ports, request: ScopeRequest): Promise<{ affected: string[] }> {
  const row = await requirePhase(ports, request.id, living, tooLate);
  const scope = checkScope(request.scope);
  const contract = await readNewestContract(ports, row);
  const hidden = row.bindings.filter(
    (binding) =>
      !shows(scope.projects, binding.projectId) ||
      binding.types.some((type) => !shows(scope.issueTypes, type.typeId)),
  );
  const labels = new Map(contract?.mappings.map((mapping) => [mapping.id, mapping.label]));
  return { affected: hidden.map((binding) => labels.get(binding.mapping) ?? 'A mapping in your draft') };
}

/** From now on every message is held against the new scope, also what waits already; the partner sees the new catalog. */
export async function setScope(ports: Ports, request: ScopeRequest): Promise<void> {
  const row = await requirePhase(ports, request.id, living, tooLate);
  const scope = checkScope(request.scope);
  await updateConnection(ports, row.id, (current) => ({
    ...current,
    scope,
    catalogDue: current.confirmedHere !== undefined && current.confirmedThere !== undefined,
  }));
  await recordActivity(ports, row.id, { level: 'info', text: 'The scope was changed here.' });
  await shareCatalogIfDue(ports, row.id);
}
