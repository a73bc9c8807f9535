/** The inviter is told that the invitation was rejected. */
import { inviterTransition } from '#core/connection/inviter';
import { plainText } from '#core/connection/plain-text';
import { rejectProof, rejectSchema } from '#core/protocol/handshake';
import { equalInConstantTime } from '#core/protocol/hash';
import { keyNameOf, readSecrets } from '../handshake/invitation-secrets';
import { openStranger } from '../handshake/open-direct';
import type { Ports } from '../ports/ports';
import { activityRow } from '../record-activity';
import type { Connection } from '../rows/connection';
import { updateConnection } from '../update-connection';
import { isInviter, readState, writeState } from './state';

const longestReason = 2_000;

/** True when it may be noted as received, also when it changes nothing any more. */
export async function onReject(ports: Ports, row: Connection, sealed: string): Promise<boolean> {
  if (!isInviter(row)) return false;
  if (row.phase === 'deleted') return true;
  const own = { keyName: keyNameOf(row.id), keyId: row.keyId, link: row.id };
  const opened = await openStranger(ports, own, sealed, rejectSchema, (message) => message.publicKey);
  if (opened === undefined) return false;
  const { message } = opened;
  const secret = (await readSecrets(ports, row.id))[message.by];
  const expected = secret === undefined ? '' : rejectProof(secret, row.id, message.from, message.nonce);
  const rightSecret = equalInConstantTime(expected, message.proof);
  const at = ports.clock.now();
  const reason = plainText(message.reason, longestReason);
  let noted = false;
  await updateConnection(
    ports,
    row.id,
    (current) => {
      if (!isInviter(current)) return undefined;
      const before = readState(current);
      const step = inviterTransition(before, { type: 'reject', at, rightSecret, keyId: message.from });
      noted = step.outcome !== 'refused' || step.why !== 'wrongSecret';
      if (step.state === before) return undefined;
      const after = writeState(current, step.state);
      if (step.outcome !== 'taken') return after;
      return { ...after, rejected: { at, by: 'partner', ...(reason === '' ? {} : { reason }) } };
    },
    (after) => [
      activityRow(ports, row.id, {
        level: 'warning',
        text:
          after.phase === 'rejected'
            ? `${after.partner.title ?? after.partner.siteUrl} rejected the invitation${reason === '' ? '.' : `: ${reason}`}`
            : 'Somebody tried to reject this invitation with a wrong secret.',
      }),
    ],
  );
  return noted;
}
