/** Save draft: keeps what the admin has edited so far and says what could not work. */
import { checkDraft } from '#core/agreement/check-draft';
import { checkTerms } from '#core/agreement/check-terms';
import type { DraftMapping } from '#core/model/draft';
import { Refusal } from '../errors';
import { checkFilters } from '../filter/check-filters';
import type { Ports } from '../ports/ports';
import { recordActivity } from '../record-activity';
import type { Connection } from '../rows/connection';
import { ownCatalog } from './own-catalog';
import { readNewestContract, setDraft } from './read-contract';
import { requirePartner } from './require-partner';

export async function saveDraft(
  ports: Ports,
  request: { id: string; mappings: DraftMapping[] },
): Promise<{ findings: string[] }> {
  const row = await requirePartner(ports, request.id);
  if (row.role === 'secondary') await refuseNewTerms(ports, row, request.mappings);
  const mine = await ownCatalog(ports, row);
  const findings = [
    ...checkDraft(request.mappings, mine),
    ...(await checkFilters(ports, request.mappings, mine)),
  ];
  await ports.store.transact([setDraft(row.id, request.mappings)]);
  return { findings: findings.map((finding) => finding.text) };
}

/** A secondary that tries to change terms is refused, and the attempt is on record. */
export async function refuseNewTerms(ports: Ports, row: Connection, mappings: DraftMapping[]): Promise<void> {
  const contract = await readNewestContract(ports, row);
  if (contract === undefined) {
    throw new Refusal(
      'forbidden',
      'The primary has not published anything yet. Only it can create mappings.',
    );
  }
  const broken = checkTerms(contract, mappings);
  if (broken.length === 0) return;
  const text = broken.join(' ');
  await recordActivity(ports, row.id, { level: 'warning', text: `Refused a change of terms: ${text}` });
  throw new Refusal('forbidden', text);
}
