/** Checks what a secondary sends back against the contract: completing and narrowing is its right, changing terms is not. */
import { canonicalJson } from '../merge/canonical-json';
import type { Contract, Mapping } from '../model/contract';
import type { DraftMapping } from '../model/draft';

/** Sentences that say what is not the secondary's to decide; empty when all is well. */
export function checkTerms(contract: Contract, edited: DraftMapping[]): string[] {
  const known = new Map(contract.mappings.map((mapping) => [mapping.id, mapping]));
  const ids = new Set(edited.map((mapping) => mapping.id));
  const findings = edited.flatMap((mapping) => {
    const agreed = known.get(mapping.id);
    return agreed === undefined
      ? [`"${mapping.label}" is not part of the agreement: only the primary can add a mapping.`]
      : checkMapping(agreed, mapping);
  });
  const gone = contract.mappings.filter((mapping) => !ids.has(mapping.id));
  const deleted = gone.map(
    (mapping) => `"${mapping.label}" cannot be deleted here. Leave its project open to take no part in it.`,
  );
  return [...findings, ...deleted];
}

/** What only the primary decides for a whole mapping, with what stands for "nothing is said". */
const decided = [
  { member: 'comments', unsaid: 'off', what: 'whether comments are shared' },
  { member: 'commentTerms', unsaid: null, what: 'how comments are shared' },
  { member: 'attachments', unsaid: null, what: 'whether attachments are shared' },
  { member: 'lifecycle', unsaid: null, what: 'what becomes of twins of deleted issues' },
  { member: 'worklogs', unsaid: 'off', what: 'whether logged work is shared' },
  { member: 'links', unsaid: 'off', what: 'whether links are shared' },
  { member: 'creates', unsaid: null, what: 'whose issues get a twin' },
  { member: 'leaving', unsaid: 'keep', what: 'what becomes of issues that stop to match a filter' },
] as const;

function checkMapping(agreed: Mapping, edited: DraftMapping): string[] {
  const name = `"${agreed.label}"`;
  const types = new Set(agreed.types.map((type) => type.id));
  const changed = decided.filter(
    ({ member, unsaid }) =>
      canonicalJson(edited[member] ?? unsaid) !== canonicalJson(agreed[member] ?? unsaid),
  );
  const findings = changed.map(({ what }) => `${name}: only the primary decides ${what}.`);
  if (edited.enabled && !agreed.enabled) findings.push(`${name}: only the primary can enable it.`);
  if (edited.types.some((type) => !types.has(type.slot))) {
    findings.push(`${name}: only the primary can add an issue type.`);
  }
  return [...findings, ...checkFields(name, agreed, edited)];
}

function checkFields(name: string, agreed: Mapping, edited: DraftMapping): string[] {
  const findings: string[] = [];
  const slots = new Map(agreed.fields.map((field) => [field.id, field]));
  for (const field of edited.fields) {
    const slot = slots.get(field.slot);
    if (slot === undefined) findings.push(`${name}: only the primary can add the field "${field.label}".`);
    else if (
      field.direction !== slot.direction ||
      field.policy !== slot.policy ||
      field.kind !== slot.kind ||
      field.byName !== slot.byName
    ) {
      findings.push(`${name}: only the primary can change how "${slot.label}" travels.`);
    }
  }
  return findings;
}
