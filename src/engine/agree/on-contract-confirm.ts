/** The secondary agreed to a revision. */
import { narrowContract } from '#core/agreement/narrow-contract';
import type { ControlOperation } from '#core/protocol/operations';
import type { Ports } from '../ports/ports';
import { activityRow, recordActivity } from '../record-activity';
import { retryProblems } from '../retry-problems';
import type { Connection } from '../rows/connection';
import { isRunning } from '../rows/registry';
import { startRun } from '../start-run';
import { readConnection, updateConnection } from '../update-connection';
import { readContract, readNewestContract, setContract } from './read-contract';

type ContractConfirm = Extract<ControlOperation, { op: 'contract.confirm' }>;

/** In force from here on. A repeat puts the same in the same place; starting twice is starting once. */
export async function onContractConfirm(ports: Ports, id: string, operation: ContractConfirm): Promise<void> {
  const row = await readConnection(ports, id);
  if (row === undefined) return;
  const contract = await findRevision(ports, id, operation.revision);
  if (row.role !== 'primary' || contract === undefined || operation.revision > row.latestRevision) {
    const text = 'The partner confirmed terms that this site never published. Nothing was changed.';
    await recordActivity(ports, id, { level: 'error', text });
    return;
  }
  const { revision, mappings, without = [] } = operation;
  const narrowed = narrowContract(contract, { mappings, without });
  const inForce = new Set(narrowed.mappings.map((mapping) => mapping.id));
  const after = await updateConnection(
    ports,
    id,
    (current) => {
      if (revision < current.agreedRevision) return undefined;
      // Bindings of a newer draft stay; those of mappings that were taken out are needed no longer.
      const newer = current.latestRevision > revision;
      const bindings = current.bindings.filter((binding) => newer || inForce.has(binding.mapping));
      return { ...current, agreedRevision: revision, bindings };
    },
    () => [
      setContract(id, narrowed),
      activityRow(ports, id, { level: 'info', text: `The secondary confirmed revision ${revision}.` }),
    ],
  );
  if (after?.agreedRevision === revision && mayStartNow(after)) await startRun(ports, { id });
  // What waited for another agreement may go on.
  if (isRunning(row)) await retryProblems(ports, { id });
}

/** A safety stop or a deletion comes before the wish to start. */
export function mayStartNow(row: Connection): boolean {
  return row.startWhenAgreed && row.phase === 'joined' && row.brake === undefined;
}

/** As it was published: a secondary that confirms again may take back what it had left out. */
async function findRevision(ports: Ports, id: string, revision: number) {
  const row = await readConnection(ports, id);
  const newest = row === undefined ? undefined : await readNewestContract(ports, row);
  return newest?.revision === revision ? newest : readContract(ports, id, revision);
}
