/** Says for which pairs the filter of this site decides. */
import type { Pair } from '#core/model/pair';
import type { AgreedMapping, Agreement } from '../pairs/agreement';

/** An issue is ruled by the filter of the site on which it was made; one that existed on both sites by both. */
export function isRuled(agreement: Agreement, { mapping }: AgreedMapping, pair: Pair): boolean {
  const isOurs = pair.origin === agreement.role || pair.pairedAt !== undefined;
  return isOurs && (mapping.leaving ?? 'keep') !== 'keep';
}
