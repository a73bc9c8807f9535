/** The status of a synchronization, derived from facts: first how far the two sites got to know each other, then the run. */
import { describeRun } from './describe-run';
import type { StatusFacts } from './facts';
import type { StatusAction, StatusView } from './status-view';

/** One row of the status table for any facts. Never stored. */
export function describeStatus(facts: StatusFacts): StatusView {
  switch (facts.phase) {
    case 'invited':
      return describeSent(facts);
    case 'received':
      return describeReceived(facts);
    case 'rejected':
      return describeRejected(facts);
    case 'deleted':
      return describeDeleted(facts);
    case 'joining':
      return handshake(`${facts.partner} and this site are exchanging keys.`, ['edit', 'delete']);
    case 'joined':
      return describeJoined(facts);
  }
}

function describeSent(facts: StatusFacts): StatusView {
  const view = { status: 'Invitation sent', statusTone: 'info', sync: null, syncTone: 'neutral' } as const;
  const { invitation, partner } = facts;
  if (invitation !== undefined && (invitation.burned || invitation.expiresAt <= facts.now)) {
    const why = invitation.burned
      ? 'The invitation was blocked after too many wrong attempts.'
      : 'The invitation has expired.';
    return {
      ...view,
      statusTone: 'warning',
      qualifier: `${why} Send it again.`,
      nextAction: 'sendAgain',
      actions: ['sendAgain', 'withdraw'],
    };
  }
  const actions: StatusAction[] = ['copyInvitation', 'sendAgain', 'withdraw'];
  if (invitation?.undelivered !== undefined) {
    return {
      ...view,
      statusTone: 'warning',
      qualifier: `Not delivered: ${invitation.undelivered} Copy the invitation and send it to ${partner} yourself.`,
      nextAction: 'copyInvitation',
      actions,
    };
  }
  const isByHand = invitation?.via === 'code';
  return {
    ...view,
    qualifier: isByHand
      ? `Send the invitation code to ${partner}; waiting for the answer.`
      : `Waiting for ${partner}.`,
    ...(isByHand ? { nextAction: 'copyInvitation' as const } : {}),
    actions,
  };
}

function describeReceived(facts: StatusFacts): StatusView {
  const expired = facts.invitation !== undefined && facts.invitation.expiresAt <= facts.now;
  const view = { status: 'Invitation received', sync: null, syncTone: 'neutral' } as const;
  if (expired) {
    return {
      ...view,
      statusTone: 'warning',
      qualifier: `The invitation has expired. Ask ${facts.partner} to send it again.`,
      actions: ['removeRecord'],
    };
  }
  return {
    ...view,
    statusTone: 'info',
    qualifier: `${facts.partner} invites this site. Choose what to show, then accept or reject.`,
    nextAction: 'next',
    actions: ['next'],
  };
}

function describeRejected(facts: StatusFacts): StatusView {
  const by = facts.rejected?.by === 'me' ? 'this site' : facts.partner;
  const reason = facts.rejected?.reason;
  const actions: StatusAction[] = facts.inviter ? ['sendAgain', 'removeRecord'] : ['removeRecord'];
  return {
    status: 'Rejected',
    statusTone: 'danger',
    sync: null,
    syncTone: 'neutral',
    qualifier: reason === undefined || reason === '' ? `Rejected by ${by}.` : `Rejected by ${by}: ${reason}`,
    ...(facts.inviter ? { nextAction: 'sendAgain' as const } : {}),
    actions,
  };
}

function describeDeleted(facts: StatusFacts): StatusView {
  const { by, dropped } = facts.deleted ?? { by: 'me', dropped: 0 };
  const who = by === 'partner' ? `Deleted by ${facts.partner}.` : 'Deleted by this site.';
  const changes = dropped === 1 ? '1 change was' : `${dropped} changes were`;
  return {
    status: 'Deleted',
    statusTone: 'neutral',
    sync: null,
    syncTone: 'neutral',
    qualifier:
      by === 'withdrawn'
        ? 'The invitation was withdrawn.'
        : `${who}${dropped > 0 ? ` ${changes} not sent.` : ''}`,
    nextAction: 'removeRecord',
    actions: ['removeRecord'],
  };
}

function describeJoined(facts: StatusFacts): StatusView {
  if (facts.brake === undefined && !facts.confirmedHere) {
    const text = `Compare the six words with ${facts.partner}, then confirm the partner.`;
    return handshake(text, ['confirmPartner', 'edit', 'scope', 'delete'], 'confirmPartner');
  }
  if (facts.brake === undefined && !facts.confirmedThere) {
    return handshake(`Waiting for ${facts.partner} to confirm this site.`, ['edit', 'scope', 'delete']);
  }
  return describeRun(facts);
}

function handshake(qualifier: string, actions: StatusAction[], nextAction?: StatusAction): StatusView {
  return {
    status: 'Not configured',
    statusTone: 'info',
    sync: 'Handshake',
    syncTone: 'moving',
    qualifier,
    ...(nextAction === undefined ? {} : { nextAction }),
    actions,
  };
}
