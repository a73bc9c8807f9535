/** The lane `admin` of the audit log: what people asked for, and every change of the facts that a synchronization rests on. */
import { appendEntry, auditStart, hashOfValue } from '#core/audit/chain';
import type { OwnPart } from '#core/audit/entry';
import type { Ports } from '../ports/ports';
import type { StoreOperation } from '../ports/store';
import type { Connection } from '../rows/connection';
import { paddedRank } from '../rows/keys';
import { auditKey, type StoredEntry } from './rows';

const saltBytes = 16;

/** `rows`: to be written in the transaction that writes `row`. */
export interface Logged {
  row: Connection;
  rows: StoreOperation[];
}

export function logAdmin(ports: Ports, row: Connection, own: OwnPart): Logged {
  const before = row.audit ?? { ...auditStart(row.id, 'admin'), salt: ports.random.id(saltBytes) };
  const at = ports.clock.now();
  const { entry, head } = appendEntry(before, before.salt, { lane: 'admin', at, own });
  const { n, h } = entry;
  const body: StoredEntry & { level: 'info' } = { at, level: 'info', text: '', audit: { n, h, own } };
  const key = auditKey(row.id, 'admin', n);
  const rank = `${paddedRank(at)}:a${n}`;
  return {
    row: { ...row, audit: { ...before, ...head } },
    rows: [{ op: 'set', table: 'activity', key, body, group: row.id, rank }],
  };
}

/** An entry if any fact differs; `before` is undefined for a new row. Costs nothing where none does. */
export function logFacts(ports: Ports, before: Connection | undefined, after: Connection): Logged {
  const old: Facts = before === undefined ? {} : factsOf(before);
  const now = factsOf(after);
  const changed = Object.entries(now).filter(([name, value]) => (old[name] ?? null) !== value);
  if (changed.length === 0) return { row: after, rows: [] };
  const facts = Object.fromEntries(
    changed.map(([name, value]): [string, [Fact, Fact]] => [name, [old[name] ?? null, value]]),
  );
  return logAdmin(ports, after, { facts });
}

type Fact = string | number | boolean | null;
type Facts = Record<string, Fact>;

/** Long ones by their hash. */
function factsOf(row: Connection): Facts {
  return {
    name: row.name,
    role: row.role,
    phase: row.phase,
    key: row.keyId,
    partnerSite: row.partner.siteUrl,
    partnerKey: row.partner.keyId ?? null,
    partnerEndpoint: row.partner.endpoint === undefined ? null : hashOfValue(row.partner.endpoint),
    scope: row.scope === undefined ? null : hashOfValue(row.scope),
    confirmedHere: row.confirmedHere !== undefined,
    confirmedThere: row.confirmedThere !== undefined,
    runHere: row.run.here,
    runThere: row.run.there,
    publishedRevision: row.latestRevision,
    agreedRevision: row.agreedRevision,
    bindings: hashOfValue(row.bindings),
    existing: row.existing.mode,
    brake: row.brake?.reason ?? null,
    rejectedBy: row.rejected?.by ?? null,
    deletedBy: row.deleted?.by ?? null,
  };
}
