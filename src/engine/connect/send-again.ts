/** Send again: a fresh secret and a fresh week for an invitation that is out, expired, burned or was rejected. */
import { invitationLifeMs, inviterTransition } from '#core/connection/inviter';
import { Refusal } from '../errors';
import { type Delivery, deliverInvitation } from '../handshake/deliver-invitation';
import { makeSecrets } from '../handshake/invitation-secrets';
import { isInviter, readState, writeState } from '../inviter/state';
import type { Ports } from '../ports/ports';
import { updateConnection } from '../update-connection';
import { requireConnection } from './require-connection';

/** Codes given out before stop counting. */
export async function sendAgain(ports: Ports, request: { id: string }): Promise<Delivery> {
  await requireConnection(ports, request.id);
  const now = ports.clock.now();
  let possible = false;
  // The secret changes first: were it the other way round, an old code could slip in between.
  const before = await requireConnection(ports, request.id);
  if (!isInviter(before) || !['invited', 'rejected'].includes(before.phase)) throw notPossible();
  await makeSecrets(ports, request.id);
  const row = await updateConnection(ports, request.id, (current) => {
    possible = false;
    if (!isInviter(current)) return undefined;
    const step = inviterTransition(readState(current), {
      type: 'sentAgain',
      expiresAt: now + invitationLifeMs,
    });
    if (step.outcome !== 'taken') return undefined;
    possible = true;
    const { rejected: _answered, ...open } = writeState(current, step.state);
    return { ...open, invitation: { ...open.invitation, sentAt: now } };
  });
  if (!possible || row === undefined || !isInviter(row)) throw notPossible();
  return deliverInvitation(ports, row);
}

function notPossible(): Refusal {
  return new Refusal('notPossible', 'Only an invitation that was not accepted yet can be sent again.');
}
