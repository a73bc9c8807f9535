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
  const offered = pair.open?.seq === report.seq ? pair.open.values : {};
  const reasons = reasonsBySlot(report, Object.keys(offered));
  const held: Record<string, Held> = { ...pair.held };
  for (const [slot, reason] of reasons) {
    // Neither site can take what both came to: ours waits here already, and offering it again would never end.
    if (offered[slot] === undefined && pair.held[slot]?.side === 'here') continue;
    const value = offered[slot] ?? pair.held[slot]?.value ?? pair.base[slot];
    if (value !== undefined) held[slot] = { side: 'partner', value, reason, at: now };
  }
  const next: Pair = { ...pair, held };
  if (report.whole !== undefined) next.heldWhole = { side: 'partner', reason: report.whole, at: now };
  if (pair.open?.seq === report.seq) next.open = { ...pair.open, values: without(offered, reasons) };
  return next;
}

function reasonsBySlot(report: HeldReport, offered: string[]): Map<string, string> {
  const { whole } = report;
  const named = report.slots.map(({ slot, reason }) => [slot, reason] as const);
  return new Map(whole === undefined ? named : [...named, ...offered.map((slot) => [slot, whole] as const)]);
}

function without(values: SlotValues, slots: ReadonlyMap<string, string>): SlotValues {
  return Object.fromEntries(Object.entries(values).filter(([slot]) => !slots.has(slot)));
}
