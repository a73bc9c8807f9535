/** The hourly look is there for what Jira does not tell of. Whatever else it brings, the engine had forgotten. */
import type { World } from '../world';
import { messagesOf } from './evidence';
import type { SiteName } from './ledger-words';
import type { Stage } from './stage';

/** What people did, as it travels. */
const edits = /^(issue\.(create|update)|comment\.|worklog\.|attachment\.)/;

const sites = ['acme', 'globex'] as const;

/** Before the hour begins. */
export interface Sayings {
  messages: ReadonlySet<string>;
  /** Pairs with values that are tried again by themselves. */
  waiting: ReadonlySet<string>;
}

interface PairRow {
  pair: string;
  local?: { id: string };
  held?: object;
}

export function sayings(world: World): Sayings {
  const waiting = [...pairRows(world, 'acme'), ...pairRows(world, 'globex')].flatMap(({ pair, held }) =>
    Object.keys(held ?? {}).length > 0 ? [pair] : [],
  );
  return { messages: new Set(messagesOf(world)), waiting: new Set(waiting) };
}

/** What was said since, of issues of which Jira had told everything. */
export function forgotten({ world, plan, faults }: Stage, before: Sayings): string[] {
  // New terms let in what was there before, and a memory that was put back has to be told again.
  if (plan.revisions > 0 || plan.losses.length > 0) return [];
  const issueOf = {
    acme: new Map(pairRows(world, 'acme').map(({ pair, local }) => [pair, local?.id])),
    globex: new Map(pairRows(world, 'globex').map(({ pair, local }) => [pair, local?.id])),
  };
  const fresh = messagesOf(world).filter((message) => !before.messages.has(message));
  return fresh.flatMap((message) => {
    const [, text = ''] = /^\w+ \d+ (.*)$/s.exec(message) ?? [];
    const { ops } = JSON.parse(text) as { ops: { op: string; pair?: string }[] };
    return ops.flatMap(({ op, pair = '' }) => {
      // What comes back of a copy follows from what was found of its original.
      const isUnheard = sites.some((site) => faults.unheard.has(`${site} ${issueOf[site].get(pair)}`));
      const isExcused = before.waiting.has(pair) || isUnheard;
      return edits.test(op) && !isExcused ? [`only the hourly look found ${message}`] : [];
    });
  });
}

function pairRows(world: World, site: SiteName): PairRow[] {
  return world[site].store.rows('pair').map(({ body }) => body as PairRow);
}
