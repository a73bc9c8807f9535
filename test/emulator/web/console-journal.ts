/** What flowed, in plain words: the world's timeline, Jira's product events and what the functions and the app did. */
import { z } from 'zod';
import type { Actor, ProductEvent } from '../seam';
import type { SiteStats, TimelineEntry, World, WorldSite } from '../world-contract';

export interface JournalLine {
  at: number;
  site: string;
  /** `change` somebody's or the app's change in Jira, `function`, `write`, else the timeline's own kinds. */
  kind: string;
  text: string;
  /** Site it came from, for messages between sites. */
  from?: string;
}

export interface ConsoleJournal {
  recent(): JournalLine[];
  /** Calls the listener for each new line until the returned function is called. */
  subscribe(listener: (line: JournalLine) => void): () => void;
}

const KEPT_LINES = 500;
/** Functions and writes are told from counters, which are compared this often while somebody looks. */
const COMPARE_MS = 500;

/** Starts to listen at once; compares counters only while it has subscribers. */
export function createConsoleJournal(world: World): ConsoleJournal {
  const lines: JournalLine[] = world.timeline.recent().map(fromTimeline);
  const listeners = new Set<(line: JournalLine) => void>();
  let timer: NodeJS.Timeout | undefined;
  let before: Record<string, SiteStats> = {};
  const add = (line: JournalLine) => {
    lines.push(line);
    if (lines.length > KEPT_LINES) {
      lines.shift();
    }
    for (const listener of listeners) {
      listener(line);
    }
  };
  world.timeline.subscribe((entry) => add(fromTimeline(entry)));
  for (const at of world.sites()) {
    at.site.onEvent((event) =>
      add({ at: world.clock.now(), site: at.site.key, kind: 'change', text: eventText(at, event) }),
    );
  }
  const compare = () => {
    const now = world.stats();
    for (const line of differences(before, now)) {
      add({ at: world.clock.now(), ...line });
    }
    before = now;
  };
  return {
    recent: () => [...lines],
    subscribe(listener) {
      listeners.add(listener);
      if (!timer) {
        before = world.stats();
        timer = setInterval(compare, COMPARE_MS);
        timer.unref();
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) {
          clearInterval(timer);
          timer = undefined;
        }
      };
    },
  };
}

function fromTimeline({ at, site, kind, text, detail }: TimelineEntry): JournalLine {
  const from = detail?.['from'];
  return { at, site, kind, text, ...(typeof from === 'string' ? { from } : {}) };
}

const eventPayload = z.object({
  issue: z.object({ key: z.string() }).optional(),
  changelog: z.object({ items: z.array(z.object({ field: z.string() })) }).optional(),
});

/** `avi:jira:updated:issue` -> "Ada Winter updated issue ACME-7 (status, labels)". */
function eventText(at: WorldSite, event: ProductEvent): string {
  const payload = eventPayload.safeParse(event.payload).data;
  const [, , verb = event.eventType, noun = ''] = event.eventType.split(':');
  const fields = payload?.changelog?.items.map((item) => item.field).join(', ');
  const parts = [
    nameOf(at, event.actor),
    verb.replaceAll('_', ' '),
    noun,
    payload?.issue && noun !== 'issue' ? `of ${payload.issue.key}` : payload?.issue?.key,
    fields ? `(${fields})` : undefined,
  ];
  return parts.filter(Boolean).join(' ');
}

function nameOf(at: WorldSite, actor: Actor): string {
  switch (actor.kind) {
    case 'anonymous':
      return 'Somebody';
    case 'app':
      return 'The app';
    case 'user':
      return at.site.users().find((user) => user.accountId === actor.accountId)?.name ?? 'A user';
  }
}

type Difference = Omit<JournalLine, 'at'>;

function differences(before: Record<string, SiteStats>, now: Record<string, SiteStats>): Difference[] {
  return Object.entries(now).flatMap(([site, stats]) => {
    const grown = (group: string) => growth(before[site]?.groups[group], stats.groups[group]);
    const functions = grown('invocations').map(([label, by]) => ({
      site,
      kind: 'function',
      text: by === 1 ? `Function ${label} ran` : `Function ${label} ran ${by} times`,
    }));
    const writes = grown('restCalls')
      .filter(([label]) => !label.startsWith('GET '))
      .map(([label, by]) => ({
        site,
        kind: 'write',
        text: `The app called Jira: ${label}${by > 1 ? `, ${by} times` : ''}`,
      }));
    return [...functions, ...writes];
  });
}

function growth(before: Record<string, number> = {}, now: Record<string, number> = {}): [string, number][] {
  return Object.entries(now)
    .map(([label, value]): [string, number] => [label, value - (before[label] ?? 0)])
    .filter(([, by]) => by > 0);
}
