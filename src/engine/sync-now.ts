/** Sync now: looks at one issue again, on every connection that it may belong to. */
import { noteAspect } from './note-change';
import type { Ports } from './ports/ports';
import { rowKeys } from './rows/keys';
import { registrySchema } from './rows/registry';

/** `queued`: connections that look at it now, or once they are started again. */
export async function syncNow(ports: Ports, issueId: string): Promise<{ queued: number }> {
  const row = await ports.store.get('registry', rowKeys.connectionList);
  if (row === undefined) return { queued: 0 };
  let queued = 0;
  for (const entry of registrySchema.parse(row.body).connections) {
    if (entry.phase !== 'joined' || !entry.everStarted) continue;
    await noteAspect(ports, entry, issueId, 'fields');
    queued += 1;
  }
  return { queued };
}
