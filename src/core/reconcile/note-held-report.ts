/** Takes in the partner's report that some of our values could not be applied over there. */
import type { Held, Pair } from '#core/model/pair';
import type { SlotValues } from '#core/model/value';

export interface HeldReport {
  /** Our sequence that carried the values. */
  seq: number;
  slots: readonly { slot: string; reason: string }[];
  /** Set when the whole operation waits. */
  whole?: string | undefined;
}

/** The reported slots leave the open offer and wait; the base keeps what both sites really hold. */
export function noteHeldReport(pair: Pair, report: HeldReport, now: number): Pair {
  const offered = pair.open?.seq === report.seq ? pair.open.values : undefined;
  const reasons = new Map(report.slots.map(({ slot, reason }) => [slot, reason]));
  if (report.whole !== undefined) {
    for (const slot of Object.keys(offered ?? {})) reasons.set(slot, report.whole);
  }
  const held: Record<string, Held> = { ...pair.held };
  for (const [slot, reason] of reasons) {
    // Neither site can take what both came to: ours waits here already, and offering it again would never end.
    if (offered?.[slot] === undefined && pair.held[slot]?.side === 'here') continue;
    const value = offered?.[slot] ?? pair.held[slot]?.value ?? pair.base[slot];
    if (value !== undefined) held[slot] = { side: 'partner', value, reason, at: now };
  }
  const whole = report.whole === undefined ? {} : { heldWhole: heldWhole(report.whole, now) };
  if (pair.open === undefined || offered === undefined) return { ...pair, ...whole, held };
  const values: SlotValues = {};
  for (const [slot, value] of Object.entries(offered)) {
    if (!reasons.has(slot)) values[slot] = value;
  }
  return { ...pair, ...whole, held, open: { ...pair.open, values } };
}

function heldWhole(reason: string, at: number): NonNullable<Pair['heldWhole']> {
  return { side: 'partner', reason, at };
}
