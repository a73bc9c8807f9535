/**
 * Inviter: the half of the handshake that sent the invitation.
 *
 * ```
 *           join, right secret             confirm
 * invited ---------------------> joining ----------> joined
 *  |  ^ |                          |                   |
 *  |  | | reject, right secret     | delete            | delete, goodbye
 *  |  | v                          v                   v
 *  |  rejected                  deleted             deleted
 *  |  ^ send again: new secret, from rejected, expired or burned
 *  v
 * deleted (withdrawn)
 * ```
 * The fifth wrong secret burns the invitation; from then on, and after it expired, no secret is right until it is sent again.
 */

/** Seven days. */
export const invitationLifeMs = 7 * 86_400_000;
/** Wrong secrets that burn an invitation. */
export const mostFailures = 5;

export interface InviterState {
  phase: 'invited' | 'joining' | 'joined' | 'rejected' | 'deleted';
  expiresAt: number;
  failures: number;
  burned: boolean;
  /** Key id of whoever joined first. */
  joiner?: string | undefined;
}

export type InviterEvent =
  | { type: 'join' | 'reject'; at: number; rightSecret: boolean; keyId: string }
  | { type: 'confirmed' }
  | { type: 'sentAgain'; expiresAt: number }
  | { type: 'withdrawn' | 'deleted' | 'goodbye' };

/** Why a join or reject was not taken; told to the other side, which shows its admin what to do. */
type Refused = 'wrongSecret' | 'burned' | 'expired' | 'used' | 'rejected' | 'withdrawn' | 'notPossible';

/** `repeated`: the same was taken before; answer as then. */
export type InviterStep =
  | { outcome: 'taken'; state: InviterState }
  | { outcome: 'repeated'; state: InviterState }
  | { outcome: 'refused'; why: Refused; state: InviterState };

/** The only place that decides where an invitation goes next. */
export function inviterTransition(state: InviterState, event: InviterEvent): InviterStep {
  switch (event.type) {
    case 'join':
    case 'reject':
      return takeAnswer(state, event);
    case 'confirmed':
      if (state.phase === 'joined') return { outcome: 'repeated', state };
      return state.phase === 'joining' ? taken(state, { phase: 'joined' }) : refused(state, 'notPossible');
    case 'sentAgain': {
      const open = state.phase === 'invited' || state.phase === 'rejected';
      const fresh = { phase: 'invited', failures: 0, burned: false, expiresAt: event.expiresAt } as const;
      return open ? taken(state, { ...fresh, joiner: undefined }) : refused(state, 'notPossible');
    }
    case 'withdrawn':
      return state.phase === 'invited' ? taken(state, { phase: 'deleted' }) : refused(state, 'notPossible');
    case 'deleted':
    case 'goodbye':
      return state.phase === 'deleted' ? { outcome: 'repeated', state } : taken(state, { phase: 'deleted' });
  }
}

/** A join or a reject: first whether it is open at all, then the secret, then who it is. */
function takeAnswer(
  state: InviterState,
  event: { type: 'join' | 'reject'; at: number; rightSecret: boolean; keyId: string },
): InviterStep {
  if (state.phase === 'deleted') return refused(state, 'withdrawn');
  if (state.phase === 'rejected') {
    const again = event.type === 'reject' && event.rightSecret;
    return again ? { outcome: 'repeated', state } : refused(state, 'rejected');
  }
  if (state.phase !== 'invited') {
    const again = event.type === 'join' && event.rightSecret && event.keyId === state.joiner;
    return again ? { outcome: 'repeated', state } : refused(state, 'used');
  }
  if (state.burned) return refused(state, 'burned');
  if (event.at >= state.expiresAt) return refused(state, 'expired');
  if (!event.rightSecret) {
    const failures = state.failures + 1;
    return refused({ ...state, failures, burned: failures >= mostFailures }, 'wrongSecret');
  }
  return event.type === 'join'
    ? taken(state, { phase: 'joining', joiner: event.keyId })
    : taken(state, { phase: 'rejected' });
}

function taken(state: InviterState, change: Partial<InviterState>): InviterStep {
  return { outcome: 'taken', state: { ...state, ...change } };
}

function refused(state: InviterState, why: Refused): InviterStep {
  return { outcome: 'refused', why, state };
}
