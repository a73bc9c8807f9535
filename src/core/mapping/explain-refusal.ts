/** Says in words of the agreement what Jira refused in words of its own: ids of options mean nothing to an admin. */
import type { ContractField } from '#core/model/contract';
import type { FieldValue } from '#core/model/value';
import type { Here } from './here';
import { showValue } from './show-value';

/** Characters of a value that are enough to know it by. */
const longest = 80;

/** Names the field and what was to be written; Jira's own words stay, because they say why. */
export function explainRefusal(
  fields: readonly ContractField[],
  refused: { slot: string; value: FieldValue | undefined; here: Here },
  message: string,
): string {
  const field = fields.find(({ id }) => id === refused.slot);
  if (field === undefined || refused.value === undefined) return message;
  const text = showValue(refused.value, field, refused.here).replace(/\s+/g, ' ').trim();
  const what = text.length > longest ? `${text.slice(0, longest)}…` : text;
  const object = what === '' ? `emptying ${field.label}` : `"${what}" for ${field.label}`;
  const end = /[.!?]$/.test(message) ? '' : '.';
  return `Jira does not take ${object} here: ${message}${end}`;
}
