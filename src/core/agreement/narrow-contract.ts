/** Narrows a contract to what the secondary completed: it may leave out, never add. */
import type { MappingBinding } from '../model/binding';
import type { Contract } from '../model/contract';

/** What a confirmation says besides the revision. */
export interface Confirmation {
  /** Mappings which the secondary completed. */
  mappings: string[];
  /** Fields of these which it left out. */
  without: { mapping: string; slots: string[] }[];
}

/** What the secondary's bindings amount to, held against the contract. */
export function confirmationOf(contract: Contract, bindings: MappingBinding[]): Confirmation {
  const completed = contract.mappings.filter((mapping) =>
    bindings.some((binding) => binding.mapping === mapping.id),
  );
  const without = completed.flatMap((mapping) => {
    const binding = bindings.find((candidate) => candidate.mapping === mapping.id);
    const bound = new Set(binding?.fields.map((field) => field.slot));
    const slots = mapping.fields.map((field) => field.id).filter((slot) => !bound.has(slot));
    return slots.length === 0 ? [] : [{ mapping: mapping.id, slots }];
  });
  return { mappings: completed.map((mapping) => mapping.id), without };
}

/** The contract in force: the same on both sites, because both compute it from the same two things. */
export function narrowContract(contract: Contract, confirmation: Confirmation): Contract {
  return {
    ...contract,
    mappings: contract.mappings.map((mapping) => {
      const left = confirmation.without.find((entry) => entry.mapping === mapping.id)?.slots ?? [];
      return {
        ...mapping,
        enabled: mapping.enabled && confirmation.mappings.includes(mapping.id),
        fields: mapping.fields.filter((field) => !left.includes(field.id)),
      };
    }),
  };
}
