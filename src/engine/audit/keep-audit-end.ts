/** Keeps where the audit log of what travelled ended, before the stream goes: the log outlives the synchronization. */
import type { Ports } from '../ports/ports';
import { updateConnection } from '../update-connection';
import { syncEnd } from './export-audit';

/** Safe to repeat: once the stream is gone nothing is changed any more. */
export async function keepAuditEnd(ports: Ports, id: string): Promise<void> {
  const ended = await syncEnd(ports, id);
  if (ended.streams.out === undefined) return;
  await updateConnection(ports, id, (row) =>
    row.audit === undefined ? undefined : { ...row, audit: { ...row.audit, ended } },
  );
}
