/** Agreement: the contract in force joined with this site's bindings; every question of "may this travel" is asked here. */

import { linksField } from '#core/links/read-links';
import { boundSlots, localFieldIds } from '#core/mapping/read-values';
import type { MappingBinding } from '#core/model/binding';
import type { Direction, Mapping } from '#core/model/contract';
import { filterFieldIds } from '#core/model/filter';
import { maySend } from '#core/model/may-send';
import { otherRole, type Role } from '#core/model/role';
import { shows } from '#core/scope/shows';
import { readAgreedContract } from '../agree/read-contract';
import type { Ports } from '../ports/ports';
import type { IssueRead } from '../ports/site';
import type { Connection } from '../rows/connection';

/** An enabled mapping of the agreed revision which is bound here. */
export interface AgreedMapping {
  mapping: Mapping;
  binding: MappingBinding;
  /** Slots with a binding here. */
  bound: ReadonlySet<string>;
  /** Local ids to read. */
  fieldIds: string[];
}

export interface Agreement {
  role: Role;
  connection: Connection;
  mappings: readonly AgreedMapping[];
}

/** No mapping at all before the first agreement. */
export async function readAgreement(ports: Ports, connection: Connection): Promise<Agreement> {
  const contract = await readAgreedContract(ports, connection);
  const mappings: AgreedMapping[] = [];
  for (const mapping of contract?.mappings ?? []) {
    const binding = connection.bindings.find((one) => one.mapping === mapping.id);
    if (!mapping.enabled || binding === undefined) continue;
    const own = [...localFieldIds(binding), ...filterFieldIds(binding.filter)];
    const fieldIds = [...new Set([...own, ...(hasLinks(mapping) ? [linksField] : [])])].sort();
    mappings.push({ mapping, binding, bound: boundSlots(binding), fieldIds });
  }
  return { role: connection.role, connection, mappings };
}

function hasLinks({ links = 'off' }: Mapping): boolean {
  return links !== 'off';
}

export function findMapping(agreement: Agreement, id: string): AgreedMapping | undefined {
  return agreement.mappings.find(({ mapping }) => mapping.id === id);
}

/** The mapping to which an issue of this site belongs by its project and type. */
export function mappingOf(
  agreement: Agreement,
  issue: Pick<IssueRead, 'projectId' | 'typeId'>,
): AgreedMapping | undefined {
  return agreement.mappings.find(({ binding }) => belongs(binding, issue));
}

/** The contract's type slot behind a local issue type. */
export function typeSlot(binding: MappingBinding, typeId: string): string | undefined {
  return binding.types.find((type) => type.typeId === typeId)?.slot;
}

/** Asked before anything about an issue leaves: in scope, in this mapping, and not hidden by a security level. */
export function mayLeave(agreement: Agreement, agreed: AgreedMapping, issue: IssueRead): boolean {
  const { scope } = agreement.connection;
  return (
    scope !== undefined &&
    shows(scope.projects, issue.projectId) &&
    shows(scope.issueTypes, issue.typeId) &&
    belongs(agreed.binding, issue) &&
    !issue.restricted
  );
}

/** True when this side may send what the direction speaks of. */
export function iMaySend(agreement: Agreement, direction: Direction): boolean {
  return maySend(direction, agreement.role);
}

/** True when the partner may. */
export function partnerMaySend(agreement: Agreement, direction: Direction): boolean {
  return maySend(direction, otherRole(agreement.role));
}

function belongs(binding: MappingBinding, issue: Pick<IssueRead, 'projectId' | 'typeId'>): boolean {
  return binding.projectId === issue.projectId && typeSlot(binding, issue.typeId) !== undefined;
}
