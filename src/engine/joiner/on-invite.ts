/** An invitation comes in by itself: through the directory, or over an older connection which vouches for it. */
import { plainLine } from '#core/connection/plain-text';
import { protocolVersion } from '#core/protocol/envelope';
import { type Invite, inviteSchema } from '#core/protocol/handshake';
import { admitInviter } from '../directory/admit-inviter';
import { ensureInstallation, ownFacts } from '../handshake/installation';
import { keepSecrets, keyNameOf } from '../handshake/invitation-secrets';
import { newConnection } from '../handshake/new-connection';
import { openPinned, openStranger } from '../handshake/open-direct';
import type { Ports } from '../ports/ports';
import { recordActivity } from '../record-activity';
import type { Connection } from '../rows/connection';
import { createConnectionRow, readConnection, updateConnection } from '../update-connection';
import { replaceFinished } from './replace-finished';

type Result = 'received' | 'full' | 'blocked' | 'notThisSite' | 'unknownInviter';

/** From a stranger, signed by the installation that the directory names. Undefined: not an invitation at all. */
export async function onInvite(ports: Ports, link: string, sealed: string): Promise<string | undefined> {
  if (ports.endpoints.directory() === undefined) return undefined;
  const { keyName, keyId } = await ensureInstallation(ports);
  const own = { keyName, keyId, link };
  const opened = await openStranger(ports, own, sealed, inviteSchema, (invite) => invite.installation);
  if (opened === undefined || opened.message.kind !== 'invite' || opened.message.offer !== link)
    return undefined;
  const { message: invite, sender } = opened;
  if (!(await isForThisSite(ports, invite))) return print('notThisSite');
  if (await isFinished(ports, invite)) return print('received');
  const admission = await admitInviter(ports, invite, sender.id);
  if (admission !== 'admitted') return print(admission);
  return print(await receive(ports, invite, 'directory', undefined));
}

/** Over an older connection, sealed with its keys. */
export async function onIntroduce(
  ports: Ports,
  older: Connection,
  sealed: string,
): Promise<string | undefined> {
  const { publicKey, keyId } = older.partner;
  const verified = older.confirmedHere !== undefined && older.confirmedThere !== undefined;
  if (older.phase !== 'joined' || !verified || publicKey === undefined || keyId === undefined)
    return undefined;
  const own = { keyName: keyNameOf(older.id), keyId: older.keyId, link: older.id };
  const invite = await openPinned(ports, own, { publicKey, keyId }, sealed, inviteSchema);
  if (invite?.kind !== 'introduce' || invite.site.siteUrl !== older.partner.siteUrl) return undefined;
  if (!(await isForThisSite(ports, invite))) return print('notThisSite');
  if (await isFinished(ports, invite)) return print('received');
  return print(await receive(ports, invite, 'known', older.id));
}

async function receive(
  ports: Ports,
  invite: Invite,
  via: 'directory' | 'known',
  over: string | undefined,
): Promise<Result> {
  const identity = await ports.sealer.readIdentity(invite.publicKey);
  if (identity === undefined) return 'unknownInviter';
  const { endpoint, siteUrl, siteId } = invite.site;
  const title = plainLine(invite.site.title, 255, siteUrl);
  const row = newConnection(ports, {
    id: invite.offer,
    name: plainLine(invite.name, 255, siteUrl),
    description: '',
    role: 'secondary',
    createdBy: '',
    partner: { endpoint, siteUrl, siteId, title, keyId: identity.id, publicKey: identity.publicKey },
    invitation: {
      sentAt: ports.clock.now(),
      expiresAt: invite.expires,
      via,
      failures: 0,
      burned: false,
      ...(over === undefined ? {} : { over }),
    },
  });
  const isNew = (await createConnectionRow(ports, row)) === 'done' || (await replaceFinished(ports, row));
  if (!isNew && !(await renew(ports, row))) return 'received';
  await keepSecrets(ports, row.id, { ticket: invite.ticket });
  const how = via === 'known' ? 'over the connection that you have already' : 'through the directory';
  await recordActivity(ports, row.id, { level: 'info', text: `${title} sent an invitation ${how}.` });
  return 'received';
}

/** A repeat changes nothing: the same invitation again, or one that was accepted already. */
async function isFinished(ports: Ports, invite: Invite): Promise<boolean> {
  const row = await readConnection(ports, invite.offer);
  if (row === undefined || row.phase === 'rejected' || row.phase === 'deleted') return false;
  return row.phase !== 'received' || row.invitation?.expiresAt === invite.expires;
}

/** Sent again while it still waited here: the newer secret counts. Never the other way round, nor from another key. */
async function renew(ports: Ports, fresh: Connection): Promise<boolean> {
  let renewed = false;
  await updateConnection(ports, fresh.id, (row) => {
    const isNewer = (fresh.invitation?.expiresAt ?? 0) > (row.invitation?.expiresAt ?? 0);
    const sameKey = row.role === 'secondary' && row.partner.keyId === fresh.partner.keyId;
    renewed = row.phase === 'received' && isNewer && sameKey;
    return renewed && fresh.invitation !== undefined ? { ...row, invitation: fresh.invitation } : undefined;
  });
  return renewed;
}

async function isForThisSite(ports: Ports, invite: Invite): Promise<boolean> {
  const { siteUrl } = await ownFacts(ports);
  return invite.expectedSite === siteUrl && invite.site.siteUrl !== siteUrl;
}

function print(result: Result): string {
  return JSON.stringify({ v: protocolVersion, kind: 'invite', result });
}
