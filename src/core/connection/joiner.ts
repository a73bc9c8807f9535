/**
 * Joiner: the half of the handshake that received the invitation.
 *
 * ```
 *            accept             welcome, right secret
 * received ---------> joining ------------------------> joined
 *  |   |                 |  ^ accept again                 |
 *  |   | reject          |  | (the answer got lost)        | delete, goodbye
 *  |   v                 v                                 v
 *  |  rejected        deleted, rejected                 deleted
 *  v withdrawn by the inviter
 * deleted
 * ```
 */

export type JoinerPhase = 'received' | 'joining' | 'joined' | 'rejected' | 'deleted';

export type JoinerEvent =
  | { type: 'accept' | 'reject' | 'withdrawn' | 'deleted' | 'goodbye' }
  | { type: 'welcome'; rightSecret: boolean };

/** `undefined`: not possible in this phase; the same phase: it had happened before. */
export function joinerTransition(phase: JoinerPhase, event: JoinerEvent): JoinerPhase | undefined {
  const waiting = phase === 'received' || phase === 'joining';
  switch (event.type) {
    case 'accept':
      return waiting ? 'joining' : undefined;
    case 'reject':
      return waiting ? 'rejected' : undefined;
    case 'withdrawn':
      return waiting ? 'deleted' : undefined;
    case 'welcome':
      if (!event.rightSecret) return undefined;
      return phase === 'joining' || phase === 'joined' ? 'joined' : undefined;
    case 'deleted':
    case 'goodbye':
      return 'deleted';
  }
}
