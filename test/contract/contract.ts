/** Everything that judges the sites, loaded once from the contract folder. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Exchange } from '../emulator/contract/record-exchanges';
import { type ContractDocument, loadDocument } from './contract-document';
import { type EntityCheck, entityCheck } from './entities';
import { readServerDocument } from './server-document';
import { WAIVERS } from './waivers';

export interface Contract {
  /** The documents that describe each kind of site. */
  documents: Readonly<Record<Exchange['kind'], readonly ContractDocument[]>>;
  entities: EntityCheck;
}

const ROOT = resolve(__dirname, '../..');

/**
 * The folder that CONTRACT_DIR names, relative to the repository; undefined when it is not set. Throws when it is set and
 * leads nowhere.
 */
export function contractFolder(): string | undefined {
  const given = process.env['CONTRACT_DIR'];
  if (given === undefined || given === '') return undefined;
  const folder = resolve(ROOT, given);
  if (!existsSync(join(folder, 'jira-cloud-v3.json'))) {
    throw new Error(`CONTRACT_DIR is '${given}', but there is no ${join(folder, 'jira-cloud-v3.json')}`);
  }
  return folder;
}

/** Reads documents, waivers and recordings. Takes about a second. */
export async function loadContract(folder: string): Promise<Contract> {
  const [platform, agile, dataCenter] = await Promise.all([
    loadDocument(folder, 'jira-cloud-v3.json', WAIVERS),
    loadDocument(folder, 'jira-software-agile-1.0.json', WAIVERS),
    loadDocument(folder, 'jira-dc-10.3-v2.json', WAIVERS, '/rest', readServerDocument),
  ]);
  return {
    documents: { cloud: [platform, agile], datacenter: [dataCenter] },
    entities: entityCheck(folder, WAIVERS),
  };
}
