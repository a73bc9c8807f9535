/** The preview of a list of pairs: counts, samples, and why some cannot be. */
import type { PairingRefusal } from '#core/protocol/pairing-operations';
import { requireConnection } from '../connect/require-connection';
import type { Ports } from '../ports/ports';
import {
  type PairingEntry,
  type PairingPart,
  type PairingWay,
  pairingPartKey,
  pairingPartSchema,
} from '../rows/pairing';

const mostSamples = 20;

export interface PairingSample {
  mine: string;
  /** A key over there, or the value by which it is looked for. */
  theirs: string;
}

export interface PairingView {
  allow: PairingWay | null;
  /** `asked`: `waiting` of them are not answered yet. `running`: being carried out; `done`: those that are. */
  list?: {
    job: string;
    state: 'asked' | 'running';
    total: number;
    waiting: number;
    good: number;
    done: number;
    samples: PairingSample[];
    refused: { why: PairingRefusal; count: number; samples: PairingSample[] }[];
  };
}

export async function readPairing(ports: Ports, request: { id: string }): Promise<PairingView> {
  const row = await requireConnection(ports, request.id);
  const allow = row.pairing?.allow ?? null;
  const job = row.pairing?.job;
  if (job === undefined) return { allow };
  const parts: PairingPart[] = [];
  for (let part = 0; part < job.parts; part += 1) {
    const read = await ports.store.get('issueIndex', pairingPartKey(row.id, part));
    if (read !== undefined) parts.push(pairingPartSchema.parse(read.body));
  }
  const own = parts.filter((part) => part.job === job.id);
  const entries = own.flatMap((part) => part.entries);
  const good = entries.filter(({ ok }) => ok === true);
  return {
    allow,
    list: {
      job: job.id,
      state: job.state,
      total: entries.length,
      waiting: entries.filter(({ ok, no }) => ok === undefined && no === undefined).length,
      good: good.length,
      done: own
        .slice(0, job.part)
        .flatMap((part) => part.entries)
        .filter(({ ok }) => ok === true).length,
      samples: good.slice(0, mostSamples).map(sample),
      refused: refusals(entries),
    },
  };
}

function refusals(entries: readonly PairingEntry[]): NonNullable<PairingView['list']>['refused'] {
  const found = new Map<PairingRefusal, PairingEntry[]>();
  for (const entry of entries) {
    if (entry.no !== undefined) found.set(entry.no, [...(found.get(entry.no) ?? []), entry]);
  }
  return [...found].map(([why, some]) => ({
    why,
    count: some.length,
    samples: some.slice(0, mostSamples).map(sample),
  }));
}

function sample({ mine, theirs, value }: PairingEntry): PairingSample {
  return { mine, theirs: theirs ?? value ?? '' };
}
