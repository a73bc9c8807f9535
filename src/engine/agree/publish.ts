/** Publish: the primary makes its draft the next revision, with a note, and tells the secondary. */
import { checkDraft } from '#core/agreement/check-draft';
import { bindingOf, contractOf } from '#core/agreement/split-draft';
import type { MappingBinding } from '#core/model/binding';
import { type Contract, contractSchema } from '#core/model/contract';
import type { DraftMapping } from '#core/model/draft';
import { Refusal } from '../errors';
import { checkFilters } from '../filter/check-filters';
import type { Ports } from '../ports/ports';
import { activityRow } from '../record-activity';
import type { Connection } from '../rows/connection';
import { updateConnection } from '../update-connection';
import { checkExisting, type ExistingRequest } from './existing-choice';
import { ownCatalog } from './own-catalog';
import { removeDraft, setPublished } from './read-contract';
import { requirePrimary } from './require-partner';
import { tellTermsIfDue } from './tell-terms';

export interface PublishRequest {
  id: string;
  mappings: DraftMapping[];
  note: string;
  existing: ExistingRequest;
  startWhenAgreed: boolean;
}

/**
 * Traffic goes on under the last revision that both confirmed. Throws a Refusal when something could not work; nothing
 * is changed then.
 */
export async function publish(ports: Ports, request: PublishRequest): Promise<{ revision: number }> {
  const row = await requirePrimary(ports, request.id);
  const note = request.note.trim();
  if (note === '') {
    const message = 'Tell your partner what you changed.';
    throw new Refusal('invalid', message, { note: message });
  }
  await refuseUnworkable(ports, row, request.mappings);
  const existing = await checkExisting(ports, request.existing);
  const contract = composeContract(row.latestRevision + 1, note, request.mappings);
  const bindings = bindingsOf(request.mappings, 'mine');
  const proposal = bindingsOf(request.mappings, 'theirs');
  refuseTooLong(contract, proposal);
  let published = false;
  await updateConnection(
    ports,
    row.id,
    (current) => {
      published = current.latestRevision === row.latestRevision;
      if (!published) return undefined;
      const { startWhenAgreed } = request;
      const latestRevision = contract.revision;
      return {
        ...current,
        ...mergeBindings(current, bindings),
        proposal,
        existing,
        startWhenAgreed,
        latestRevision,
        termsDue: { kind: 'publish' },
      };
    },
    () => [
      ...setPublished(row.id, contract),
      removeDraft(row.id),
      activityRow(ports, row.id, {
        level: 'info',
        text: `Revision ${contract.revision} was published: ${note}`,
      }),
    ],
  );
  if (!published) {
    throw new Refusal('conflict', 'Somebody else has just published. Load the page again to see it.');
  }
  await tellTermsIfDue(ports, row.id);
  return { revision: contract.revision };
}

function composeContract(revision: number, note: string, mappings: DraftMapping[]): Contract {
  const parsed = contractSchema.safeParse({ revision, note, mappings: mappings.map(contractOf) });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Refusal(
    'invalid',
    `The mappings are incomplete (${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}).`,
  );
}

/** One row of the store and one message must hold it. */
const longestContract = 150_000;

function refuseTooLong(contract: Contract, proposal: MappingBinding[]): void {
  if (JSON.stringify({ contract, proposal }).length <= longestContract) return;
  throw new Refusal(
    'invalid',
    'These mappings are too large for one synchronization. Move some of them to a second one with the same partner.',
  );
}

/** Own bindings of mappings that stay; those of removed ones go when the revision is agreed. */
function mergeBindings(row: Connection, bindings: MappingBinding[]): { bindings: MappingBinding[] } {
  const fresh = new Set(bindings.map((binding) => binding.mapping));
  const kept = row.agreedRevision === 0 ? [] : row.bindings.filter((binding) => !fresh.has(binding.mapping));
  return { bindings: [...bindings, ...kept] };
}

export function bindingsOf(mappings: DraftMapping[], side: 'mine' | 'theirs'): MappingBinding[] {
  return mappings.flatMap((mapping) => {
    const binding = bindingOf(mapping, side);
    return binding === undefined ? [] : [binding];
  });
}

async function refuseUnworkable(ports: Ports, row: Connection, mappings: DraftMapping[]): Promise<void> {
  const mine = await ownCatalog(ports, row);
  const findings = [...checkDraft(mappings, mine), ...(await checkFilters(ports, mappings, mine))];
  const blocking = findings.filter((finding) => finding.level === 'blocking');
  if (blocking.length > 0) throw new Refusal('invalid', blocking.map((finding) => finding.text).join(' '));
}
