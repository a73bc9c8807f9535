/** The conflict inbox: every field on which a person has to decide, with both values, the base, who and when. */
import { nobodyHere } from '#core/mapping/here';
import { showValue } from '#core/mapping/show-value';
import type { Conflict, Said } from '#core/model/conflict';
import type { ContractField } from '#core/model/contract';
import { type Pair, pairSchema } from '#core/model/pair';
import type { FieldValue } from '#core/model/value';
import { versionOf } from '#core/reconcile/plan-orders';
import { requireConnection } from '../connect/require-connection';
import { type Agreement, findMapping, readAgreement } from '../pairs/agreement';
import type { Ports } from '../ports/ports';
import { rowKeys } from '../rows/keys';
import { conflictSlot, problemRowSchema } from '../rows/problem';

/** Issues on one page. */
const pageSize = 50;
/** Characters of a value; the issue itself shows the rest. */
const longestText = 2_000;

export interface ShownSaid {
  value: FieldValue;
  text: string;
  at: number;
  who?: string;
}

export interface ShownConflict {
  pair: string;
  slot: string;
  /** Changes with either value: an answer names what it was given to. */
  version: string;
  issueKey: string;
  partnerKey?: string;
  label: string;
  since: number;
  here: ShownSaid;
  partner: ShownSaid;
  base?: { value: FieldValue; text: string };
}

/** The listing may lag by moments; each conflict in it is as it stands now. */
export async function listConflicts(
  ports: Ports,
  request: { id: string; cursor?: string | undefined },
): Promise<{ conflicts: ShownConflict[]; cursor?: string }> {
  const connection = await requireConnection(ports, request.id);
  const agreement = await readAgreement(ports, connection);
  const page = { table: 'problem', group: connection.id, limit: pageSize } as const;
  const listed = await ports.store.list(
    request.cursor === undefined ? page : { ...page, cursor: request.cursor },
  );
  const conflicts: ShownConflict[] = [];
  for (const row of listed.rows) {
    const { items } = problemRowSchema.parse(row.body);
    if (!items.some((item) => conflictSlot(item) !== undefined)) continue;
    const stored = await ports.store.get(
      'pair',
      rowKeys.pair(connection.id, row.key.slice(connection.id.length + 1)),
    );
    if (stored !== undefined) conflicts.push(...showConflicts(agreement, pairSchema.parse(stored.body)));
  }
  return { conflicts, ...(listed.cursor === undefined ? {} : { cursor: listed.cursor }) };
}

function showConflicts(agreement: Agreement, pair: Pair): ShownConflict[] {
  const fields = findMapping(agreement, pair.mapping)?.mapping.fields ?? [];
  return Object.entries(pair.conflicts ?? {}).flatMap(([slot, conflict]) => {
    const field = fields.find(({ id }) => id === slot);
    return field === undefined ? [] : [showConflict(pair, field, conflict)];
  });
}

function showConflict(pair: Pair, field: ContractField, conflict: Conflict): ShownConflict {
  const { base, mine, theirs, since } = conflict;
  return {
    pair: pair.pair,
    slot: field.id,
    version: versionOf(conflict),
    issueKey: pair.local?.key ?? '',
    ...(pair.partner === undefined ? {} : { partnerKey: pair.partner.key }),
    label: field.label,
    since,
    here: showSaid(mine, field),
    partner: showSaid(theirs, field),
    ...(base === undefined ? {} : { base: { value: base, text: textOf(base, field) } }),
  };
}

function showSaid({ value, at, who }: Said, field: ContractField): ShownSaid {
  return { value, text: textOf(value, field), at, ...(who === undefined ? {} : { who }) };
}

function textOf(value: FieldValue, field: ContractField): string {
  return showValue(value, field, nobodyHere).slice(0, longestText);
}
