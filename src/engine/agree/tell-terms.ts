/** Tells the partner what was published or confirmed here; what a crash left untold is told by the sweep. */
import type { Ports } from '../ports/ports';
import { postControl } from '../post-control';
import type { Connection } from '../rows/connection';
import { startRun } from '../start-run';
import { readConnection, updateConnection } from '../update-connection';
import { mayStartNow } from './on-contract-confirm';
import { readNewestContract } from './read-contract';

/** Does nothing unless it is due. Telling twice is telling once: the partner knows revisions by their number. */
export async function tellTermsIfDue(ports: Ports, id: string): Promise<void> {
  const row = await readConnection(ports, id);
  if (row?.termsDue === undefined || row.phase !== 'joined') return;
  if (row.termsDue.kind === 'publish') await tellPublished(ports, row);
  else {
    const { revision, mappings, without } = row.termsDue;
    await postControl(ports, id, { op: 'contract.confirm', revision, mappings, without });
    if (mayStartNow(row)) await startRun(ports, { id });
  }
  const told = JSON.stringify([row.termsDue, row.latestRevision]);
  await updateConnection(ports, id, (current) => {
    const { termsDue, ...rest } = current;
    // What was published or confirmed meanwhile is due on its own.
    return JSON.stringify([termsDue, current.latestRevision]) === told ? rest : undefined;
  });
}

async function tellPublished(ports: Ports, row: Connection): Promise<void> {
  const contract = await readNewestContract(ports, row);
  if (contract === undefined) return;
  await postControl(ports, row.id, { op: 'contract.publish', contract, proposal: row.proposal ?? [] });
}
