/** Says for which pairs the filter of this site decides, and what the agreement makes of one that stops to match. */
import type { Leaving } from '#core/model/filter';
import type { Pair } from '#core/model/pair';
import type { AgreedMapping, Agreement } from '../pairs/agreement';

/** An issue is ruled by the filter of the site on which it was made; one that existed on both sites by both. */
export function isRuled(agreement: Agreement, { mapping }: AgreedMapping, pair: Pair): boolean {
  const isOurs = pair.origin === agreement.role || pair.pairedAt !== undefined;
  return isOurs && (mapping.leaving ?? 'keep') !== 'keep';
}

/** What is to be done with the copy on the other site. Where both were originals neither is marked or deleted. */
export function leavingOf({ mapping }: AgreedMapping, pair: Pair): Leaving {
  const leaving = mapping.leaving ?? 'keep';
  return pair.pairedAt !== undefined && leaving !== 'keep' ? 'stop' : leaving;
}
