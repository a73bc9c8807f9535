/** The primary published a revision. */
import type { ControlOperation } from '#core/protocol/operations';
import type { Ports } from '../ports/ports';
import { activityRow, recordActivity } from '../record-activity';
import { readConnection, updateConnection } from '../update-connection';
import { removeDraft, setPublished } from './read-contract';

type ContractPublish = Extract<ControlOperation, { op: 'contract.publish' }>;

/** Waits for the admin (Update required); traffic goes on under the last agreed revision. An older or repeated one changes nothing. */
export async function onContractPublish(ports: Ports, id: string, operation: ContractPublish): Promise<void> {
  const { contract, proposal } = operation;
  const row = await readConnection(ports, id);
  if (row?.role === 'primary') {
    const text = 'The partner tried to publish terms, which only the primary may do. Nothing was changed.';
    await recordActivity(ports, id, { level: 'error', text });
    return;
  }
  await updateConnection(
    ports,
    id,
    (current) =>
      contract.revision <= current.latestRevision
        ? undefined
        : { ...current, latestRevision: contract.revision, proposal },
    () => [
      ...setPublished(id, contract),
      removeDraft(id),
      activityRow(ports, id, {
        level: 'info',
        text: `The primary published revision ${contract.revision}: ${contract.note}`,
      }),
    ],
  );
}
