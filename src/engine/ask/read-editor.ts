/** Everything that the mapping editor (primary) or the import screen (secondary) shows. */
import { composeDraft } from '#core/agreement/compose-draft';
import { keepVisible, mergeBinding } from '#core/agreement/suggest-binding';
import type { MappingBinding } from '#core/model/binding';
import type { Catalog } from '#core/model/catalog';
import type { Contract } from '#core/model/contract';
import type { DraftMapping } from '#core/model/draft';
import type { Role } from '#core/model/role';
import { ownCatalog } from '../agree/own-catalog';
import { readDraft, readNewestContract, readPartnerCatalog } from '../agree/read-contract';
import { requirePartner } from '../agree/require-partner';
import { shareCatalogIfDue } from '../agree/share-catalog';
import type { Ports } from '../ports/ports';
import type { Connection } from '../rows/connection';

interface Editor {
  role: Role;
  mine: Catalog;
  partner: Catalog | null;
  mappings: DraftMapping[];
  pending: boolean;
  revision: number;
  note: string;
  startWhenAgreed: boolean;
  existing: { mode: 'new' } | { mode: 'jql'; jql: string } | { mode: 'one'; issueKey: string };
}

export async function readEditor(ports: Ports, request: { id: string }): Promise<Editor> {
  const row = await requirePartner(ports, request.id);
  await shareCatalogIfDue(ports, row.id);
  const [mine, partner, newest, draft] = await Promise.all([
    ownCatalog(ports, row),
    readPartnerCatalog(ports, row.id),
    readNewestContract(ports, row),
    readDraft(ports, row.id),
  ]);
  const waits = row.role === 'secondary' && row.latestRevision > row.agreedRevision;
  return {
    role: row.role,
    mine,
    partner: partner?.catalog ?? null,
    mappings: draft ?? (newest === undefined ? [] : composeAll(row, newest, mine)),
    pending: draft !== undefined || waits,
    revision: row.latestRevision,
    note: newest?.note ?? '',
    startWhenAgreed: row.startWhenAgreed,
    existing: row.existing.mode === 'one' ? { mode: 'one', issueKey: row.existing.issueKey } : row.existing,
  };
}

/** The primary sees its own suggestion beside its bindings; the secondary its bindings, completed by what was suggested. */
function composeAll(row: Connection, contract: Contract, mine: Catalog): DraftMapping[] {
  const suggested = (id: string): MappingBinding | undefined =>
    row.proposal?.find((binding) => binding.mapping === id);
  const own = (id: string): MappingBinding | undefined =>
    row.bindings.find((binding) => binding.mapping === id);
  if (row.role === 'primary') {
    return contract.mappings.map((mapping) => composeDraft(mapping, own(mapping.id), suggested(mapping.id)));
  }
  // What was left out of a revision that is agreed stays left out; a newer one is suggested as a whole.
  const isNew = contract.revision > row.agreedRevision;
  return contract.mappings.map((mapping) => {
    const suggestion = isNew ? keepVisible(suggested(mapping.id), mine) : undefined;
    return composeDraft(mapping, mergeBinding(own(mapping.id), suggestion), undefined);
  });
}
