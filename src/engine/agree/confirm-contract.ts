/** Confirm contract: the secondary completes the newest revision and agrees. */
import { checkDraft } from '#core/agreement/check-draft';
import { confirmationOf, narrowContract } from '#core/agreement/narrow-contract';
import type { DraftMapping } from '#core/model/draft';
import { Refusal } from '../errors';
import { checkFilters } from '../filter/check-filters';
import type { Ports } from '../ports/ports';
import { activityRow } from '../record-activity';
import { retryProblems } from '../retry-problems';
import { isRunning } from '../rows/registry';
import { updateConnection } from '../update-connection';
import { checkExisting, type ExistingRequest } from './existing-choice';
import { ownCatalog } from './own-catalog';
import { bindingsOf } from './publish';
import { readNewestContract, removeDraft, setContract } from './read-contract';
import { requirePartner } from './require-partner';
import { refuseNewTerms } from './save-draft';
import { tellTermsIfDue } from './tell-terms';

export interface ConfirmRequest {
  id: string;
  revision: number;
  mappings: DraftMapping[];
  existing: ExistingRequest;
  startWhenAgreed: boolean;
}

/** From the message that carries this on, the revision is in force in this direction; what it removes stops at once. */
export async function confirmContract(ports: Ports, request: ConfirmRequest): Promise<void> {
  const row = await requirePartner(ports, request.id);
  if (row.role !== 'secondary') {
    throw new Refusal('notPossible', 'You are the primary: your partner confirms what you publish.');
  }
  const published = await readNewestContract(ports, row);
  if (published === undefined || published.revision !== request.revision) {
    throw new Refusal(
      'conflict',
      'The primary has published again meanwhile. Load the page again to see it.',
    );
  }
  await refuseNewTerms(ports, row, request.mappings);
  // A mapping without a project of this site is one in which the secondary takes no part.
  const completed = request.mappings.filter((mapping) => mapping.mine !== undefined && mapping.enabled);
  const mine = await ownCatalog(ports, row);
  const findings = [...checkDraft(completed, mine), ...(await checkFilters(ports, completed, mine))];
  const blocking = findings.filter((finding) => finding.level === 'blocking');
  if (blocking.length > 0) throw new Refusal('invalid', blocking.map((finding) => finding.text).join(' '));
  const existing = await checkExisting(ports, request.existing);
  const bindings = bindingsOf(completed, 'mine');
  const confirmation = confirmationOf(published, bindings);
  const { startWhenAgreed } = request;
  await updateConnection(
    ports,
    row.id,
    (current) => ({
      ...current,
      bindings,
      existing,
      startWhenAgreed,
      agreedRevision: published.revision,
      termsDue: { kind: 'confirm', revision: published.revision, ...confirmation },
    }),
    () => [
      setContract(row.id, narrowContract(published, confirmation)),
      removeDraft(row.id),
      activityRow(ports, row.id, {
        level: 'info',
        text: `Revision ${published.revision} was confirmed here.`,
      }),
    ],
  );
  await tellTermsIfDue(ports, row.id);
  // What waited for another agreement or another binding may go on.
  if (isRunning(row)) await retryProblems(ports, { id: row.id });
}
