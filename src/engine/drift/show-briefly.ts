/** A value as people read it in a list of differences. */
import { showValue } from '#core/mapping/show-value';
import type { ContractField } from '#core/model/contract';
import type { FieldValue } from '#core/model/value';

const longest = 100;

/** Keys of issues are slots of their own: a parent is not named. */
export function showBriefly(value: FieldValue, field: ContractField): string {
  const nobody = {
    account: () => undefined,
    whyNot: () => undefined,
    issueOf: () => undefined,
    pairOf: () => undefined,
  };
  return showValue(value, field, nobody).slice(0, longest);
}
