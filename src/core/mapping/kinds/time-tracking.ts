/** Time tracking: the original and the remaining estimate. Time spent comes from worklogs. */
import { z } from 'zod';
import { defineKind } from '../kind';

const seconds = z.number().int().nonnegative().nullish();
const rawTracking = z.looseObject({ originalEstimateSeconds: seconds, remainingEstimateSeconds: seconds });

/** No estimate and one of zero are the same to Jira's screens, and only the second can be written. */
export const timeTrackingKind = defineKind({
  type: 'time',
  toContract(raw) {
    const tracking = rawTracking.safeParse(raw ?? {});
    if (!tracking.success) return { ok: false, unmapped: 'estimates in an unknown form' };
    const { originalEstimateSeconds, remainingEstimateSeconds } = tracking.data;
    const v = { original: originalEstimateSeconds || null, remaining: remainingEstimateSeconds || null };
    return { ok: true, value: { t: 'time', v } };
  },
  toLocal({ original, remaining }) {
    const raw = { originalEstimate: minutes(original), remainingEstimate: minutes(remaining) };
    return { ok: true, raw };
  },
  fromText: (text) => (text === '' ? undefined : { originalEstimate: text, remainingEstimate: text }),
});

/** Jira keeps whole minutes. */
function minutes(amount: number | null): string {
  return `${Math.round((amount ?? 0) / 60)}m`;
}
