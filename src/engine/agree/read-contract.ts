/** Contract rows: what was published, what is in force, the draft, and the partner's catalog. */
import { z } from 'zod';
import { type Catalog, catalogSchema } from '#core/model/catalog';
import { type Contract, contractSchema } from '#core/model/contract';
import { type DraftMapping, draftMappingSchema } from '#core/model/draft';
import type { Ports } from '../ports/ports';
import type { StoreOperation } from '../ports/store';
import type { Connection } from '../rows/connection';
import { paddedRank, rowKeys } from '../rows/keys';

const draftSchema = z.object({ mappings: z.array(draftMappingSchema) });
const catalogRowSchema = z.object({ catalog: catalogSchema, at: z.number() });

const catalogKey = (connection: string): string => `${connection}:partnerCatalog`;
const publishedKey = (connection: string): string => `${connection}:published`;

/**
 * A revision by number: what both sides agreed on once it is agreed (the secondary may have left out fields and
 * mappings), and what was published before that.
 */
export async function readContract(
  ports: Ports,
  connection: string,
  revision: number,
): Promise<Contract | undefined> {
  const row = await ports.store.get('contract', rowKeys.contract(connection, revision));
  return row === undefined ? undefined : contractSchema.parse(row.body);
}

/** The contract in force on both sites; undefined before the first agreement. */
export async function readAgreedContract(ports: Ports, row: Connection): Promise<Contract | undefined> {
  return row.agreedRevision === 0 ? undefined : readContract(ports, row.id, row.agreedRevision);
}

/** The newest revision exactly as its primary published it. */
export async function readNewestContract(ports: Ports, row: Connection): Promise<Contract | undefined> {
  const stored = await ports.store.get('contract', publishedKey(row.id));
  return stored === undefined ? undefined : contractSchema.parse(stored.body);
}

export function setContract(connection: string, contract: Contract): StoreOperation {
  return setRow(connection, rowKeys.contract(connection, contract.revision), contract, contract.revision);
}

/** As `setContract`, for a revision that is new. */
export function setPublished(connection: string, contract: Contract): StoreOperation[] {
  return [
    setContract(connection, contract),
    setRow(connection, publishedKey(connection), contract, contract.revision),
  ];
}

/** Undefined: nothing was changed since the last revision. */
export async function readDraft(ports: Ports, connection: string): Promise<DraftMapping[] | undefined> {
  const row = await ports.store.get('contract', rowKeys.contract(connection, 'draft'));
  return row === undefined ? undefined : draftSchema.parse(row.body).mappings;
}

export function setDraft(connection: string, mappings: DraftMapping[]): StoreOperation {
  return setRow(connection, rowKeys.contract(connection, 'draft'), { mappings }, 0);
}

export function removeDraft(connection: string): StoreOperation {
  return { op: 'delete', table: 'contract', key: rowKeys.contract(connection, 'draft') };
}

export async function readPartnerCatalog(
  ports: Ports,
  connection: string,
): Promise<{ catalog: Catalog; at: number } | undefined> {
  const row = await ports.store.get('contract', catalogKey(connection));
  return row === undefined ? undefined : catalogRowSchema.parse(row.body);
}

export function setPartnerCatalog(connection: string, catalog: Catalog, at: number): StoreOperation {
  return setRow(connection, catalogKey(connection), { catalog, at }, 0);
}

/** Keys of everything but the numbered revisions. */
export function namedContractKeys(connection: string): string[] {
  return [rowKeys.contract(connection, 'draft'), catalogKey(connection), publishedKey(connection)];
}

function setRow(connection: string, key: string, body: unknown, rank: number): StoreOperation {
  return { op: 'set', table: 'contract', key, body, group: connection, rank: paddedRank(rank) };
}
