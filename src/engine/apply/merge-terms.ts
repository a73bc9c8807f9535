/** Finds the terms under which an offer that the partner's update crossed is merged: the same on both sites. */
import type { ContractField } from '#core/model/contract';
import type { Pair } from '#core/model/pair';
import { readContract } from '../agree/read-contract';
import type { AgreedMapping } from '../pairs/agreement';
import type { Session } from '../stream/session';

/**
 * A revision is in force in the secondary's direction from its confirmation on, so the offer of the secondary decides for both:
 * the primary merges it by what was in force when it comes, the secondary by what was when it was said.
 */
export async function fieldsToMerge(
  session: Session,
  { mapping }: AgreedMapping,
  { open }: Pair,
): Promise<readonly ContractField[]> {
  const { id, role, agreedRevision } = session.connection;
  if (role !== 'secondary' || open?.terms === undefined || open.terms === agreedRevision) {
    return mapping.fields;
  }
  const before = await readContract(session.ports, id, open.terms);
  const old = before?.mappings.find((one) => one.id === mapping.id)?.fields ?? [];
  const policies = new Map(old.map((field) => [field.id, field.policy]));
  return mapping.fields.map((field) => ({ ...field, policy: policies.get(field.id) ?? field.policy }));
}

/** To be kept with an open offer. */
export function saidUnder({ connection }: Session): { terms?: number } {
  const { role, agreedRevision } = connection;
  return role === 'secondary' && agreedRevision > 0 ? { terms: agreedRevision } : {};
}
