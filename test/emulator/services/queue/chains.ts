/** Counts pushes in the tree that one initial invocation grows: the platform's guard against endless cycles. */
import type { Clock } from '../../seam';
import { QUEUE_LIMITS } from '../limits';

export interface Chains {
  /** Counts one push; false when the chain has had its number. */
  push(root: string): boolean;
}

/** How many chains are kept before those idle for a whole retention window are dropped. */
const SWEEP_ABOVE = 10_000;

export function createChains(clock: Clock): Chains {
  const chains = new Map<string, { pushes: number; lastAt: number }>();
  return {
    push(root) {
      const chain = chains.get(root) ?? { pushes: 0, lastAt: 0 };
      if (chain.pushes >= QUEUE_LIMITS.pushesPerChain) return false;
      chains.set(root, { pushes: chain.pushes + 1, lastAt: clock.now() });
      if (chains.size > SWEEP_ABOVE)
        for (const [id, { lastAt }] of chains)
          if (lastAt + QUEUE_LIMITS.retentionMs < clock.now()) chains.delete(id);
      return true;
    },
  };
}
