/** Texts of an admin with placeholders: `{{summary}}`, `{{reporter}}`, `{{partner.key}}`, `{{partner.url}}`. */
import type { ContractField } from '#core/model/contract';
import type { SlotValues } from '#core/model/value';
import { type Here, nobodyHere } from './here';
import { showValue } from './show-value';

const placeholder = /\{\{\s*([^{}]{1,100}?)\s*\}\}/g;

export interface TemplateFacts {
  fields: readonly ContractField[];
  values: SlotValues;
  /** The issue over there as far as its address was told. */
  partner?: { key: string; url: string } | undefined;
  here?: Here | undefined;
}

/**
 * A field of the agreement is named by its slot or by its label, in any case. What is not known yet is left empty; what
 * no field is called stays as it was written, so that a slip of the pen shows. A value is never read as a template.
 */
export function fillTemplate(text: string, facts: TemplateFacts): string {
  return text.replace(placeholder, (whole, name: string) => {
    if (name === 'partner.key') return facts.partner?.key ?? '';
    if (name === 'partner.url') return facts.partner?.url ?? '';
    const field = fieldCalled(name, facts.fields);
    if (field === undefined) return whole;
    const value = facts.values[field.id];
    return value === undefined ? '' : showValue(value, field, facts.here ?? nobodyHere);
  });
}

/** Names in a text which mean nothing, for the check before an agreement is published. */
export function unknownPlaceholders(
  text: string,
  fields: readonly { id: string; label: string }[],
): string[] {
  return [...text.matchAll(placeholder)]
    .map(([, name = '']) => name)
    .filter((name) => !/^partner\.(key|url)$/.test(name) && fieldCalled(name, fields) === undefined);
}

function fieldCalled<F extends { id: string; label: string }>(
  name: string,
  fields: readonly F[],
): F | undefined {
  const wanted = name.toLowerCase();
  return (
    fields.find((field) => field.id === wanted) ??
    fields.find((field) => field.label.toLowerCase() === wanted)
  );
}
