/** The inviter's state as it stands in a connection row, and back. */
import type { InviterState } from '#core/connection/inviter';
import type { Connection } from '../rows/connection';

type Invited = Connection & { invitation: NonNullable<Connection['invitation']> };

/** True for rows that sent an invitation; those that received one are the joiner's. */
export function isInviter(row: Connection): row is Invited {
  return row.role === 'primary' && row.invitation !== undefined && row.phase !== 'received';
}

export function readState(row: Invited): InviterState {
  const { expiresAt, failures, burned } = row.invitation;
  return {
    phase: row.phase as InviterState['phase'],
    expiresAt,
    failures,
    burned,
    joiner: row.partner.keyId,
  };
}

/** The row after a transition; facts of the partner are the caller's. */
export function writeState(row: Invited, state: InviterState): Invited {
  const { phase, expiresAt, failures, burned } = state;
  return { ...row, phase, invitation: { ...row.invitation, expiresAt, failures, burned } };
}
