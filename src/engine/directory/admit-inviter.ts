/** Says whether an invitation that came by itself may enter: block list, quotas, and who the directory says it is. */
import type { Invite } from '#core/protocol/handshake';
import type { Ports } from '../ports/ports';
import { blockListKey, blockListSchema, countSchema, inviterCountKey } from '../rows/claim';
import { listConnections } from '../update-connection';
import { resolveSite } from './ask-directory';

const dayMs = 86_400_000;
/** Invitations from strangers that may wait here at once, and that one inviter may send in a day. */
const mostPending = 20;
const mostPerDay = 5;

type Admission = 'admitted' | 'full' | 'blocked' | 'unknownInviter';

/** `signer`: key id of the installation that signed. The cheap questions come first. */
export async function admitInviter(ports: Ports, invite: Invite, signer: string): Promise<Admission> {
  const { siteUrl, endpoint } = invite.site;
  const blocked = await ports.store.get('claim', blockListKey);
  if (blocked !== undefined && blockListSchema.parse(blocked.body).sites.includes(siteUrl)) return 'blocked';
  const connections = await listConnections(ports);
  const pending = connections.filter(
    (row) => row.phase === 'received' && row.invitation?.via === 'directory',
  );
  if (pending.length >= mostPending) return 'full';
  const claim = await resolveSite(ports, siteUrl);
  if (claim.kind !== 'one' || claim.keyId !== signer || claim.endpoint !== endpoint) return 'unknownInviter';
  return (await countInvite(ports, siteUrl)) ? 'admitted' : 'full';
}

async function countInvite(ports: Ports, siteUrl: string): Promise<boolean> {
  const key = inviterCountKey(siteUrl, Math.floor(ports.clock.now() / dayMs));
  for (;;) {
    const row = await ports.store.get('claim', key);
    const { count } = row === undefined ? { count: 0 } : countSchema.parse(row.body);
    if (count >= mostPerDay) return false;
    const written = await ports.store.transact([
      {
        op: 'set',
        table: 'claim',
        key,
        body: { count: count + 1 },
        group: 'invites',
        rank: key,
        if: row === undefined ? { absent: true } : { rev: row.rev },
        ttlDays: 2,
      },
    ]);
    if (written === 'done') return true;
  }
}
