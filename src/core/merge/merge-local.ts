/** The three-way merge seen from one site: what is here, what the partner has, and what both started from. */
import type { MergePolicy } from '#core/model/contract';
import { otherRole, type Role } from '#core/model/role';
import type { FieldValue } from '#core/model/value';
import { mergeField } from './merge-field';

export interface LocalMergeRequest {
  role: Role;
  base: FieldValue | undefined;
  local: FieldValue;
  partner: FieldValue;
  policy: MergePolicy;
  /** Milliseconds since the epoch. */
  times: { local: number; partner: number };
}

export interface LocalMerged {
  value: FieldValue;
  winner: 'local' | 'partner' | 'same' | 'merged';
  overwritten?: { side: 'local' | 'partner'; value: FieldValue };
  /** As in `Merged`. */
  asks?: true;
}

/** Same answer as `mergeField` with the roles put in. */
export function mergeLocal(request: LocalMergeRequest): LocalMerged {
  const isPrimary = request.role === 'primary';
  const merged = mergeField({
    base: request.base,
    primary: isPrimary ? request.local : request.partner,
    secondary: isPrimary ? request.partner : request.local,
    policy: request.policy,
    times: {
      primary: isPrimary ? request.times.local : request.times.partner,
      secondary: isPrimary ? request.times.partner : request.times.local,
    },
  });
  const { overwritten } = merged;
  const winner =
    merged.winner === 'same' || merged.winner === 'merged'
      ? merged.winner
      : sideOf(merged.winner, request.role);
  return {
    value: merged.value,
    winner,
    ...(merged.asks === undefined ? {} : { asks: merged.asks }),
    ...(overwritten === undefined
      ? {}
      : { overwritten: { side: sideOf(overwritten.side, request.role), value: overwritten.value } }),
  };
}

function sideOf(role: Role, mine: Role): 'local' | 'partner' {
  return role === otherRole(mine) ? 'partner' : 'local';
}
