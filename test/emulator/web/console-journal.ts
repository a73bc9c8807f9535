/** What flowed, in plain words: the world's timeline, Jira's product events and what the functions and the app did. */
import { z } from 'zod';
import type { Actor, ProductEvent } from '../seam';
import type { TimelineEntry, World, WorldSite } from '../world-contract';

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

/** Starts to listen at once. */
export function createConsoleJournal(world: World): ConsoleJournal {
  const lines: JournalLine[] = world.timeline.recent().map(fromTimeline);
  const listeners = new Set<(line: JournalLine) => void>();
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
  return {
    recent: () => [...lines],
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
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
