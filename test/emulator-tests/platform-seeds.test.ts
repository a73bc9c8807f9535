/** The same seed gives the same run: every call, every event, every value drawn at random, every moment. */
import { NOON, startFaultWorld } from './fault-world';

const HARD = {
  latency: { ms: 5, jitterMs: 20, rate: 0.3 },
  errors: [
    { status: 429 as const, rate: 0.05, retryAfterSeconds: 1 },
    { status: 503, rate: 0.02 },
  ],
  timeouts: { call: 'kvs:*', rate: 0.05, landsAfterMs: 700 },
  eventDelay: { ms: 0, jitterMs: 90_000 },
  eventLoss: { rate: 0.1 },
  eventDuplication: { rate: 0.4 },
  eventReordering: { withinMs: 60_000 },
  webtriggerLoss: { rate: 0.2, lost: 'response' as const },
  queueDelay: { ms: 100, jitterMs: 5000 },
  queueDuplication: { rate: 0.3 },
  indexLag: { ms: 5000 },
};

interface Entry {
  id: number;
  at: number;
  detail?: Record<string, unknown>;
}

function withoutMeasured({ id: _order, detail, ...entry }: Entry): Omit<Entry, 'id'> {
  return { ...entry, detail: { ...detail, durationMs: 'measured' } };
}

/** Functions of two sites that end in one moment are noted in the order in which their processes came to it. */
function byMoment(one: Omit<Entry, 'id'>, other: Omit<Entry, 'id'>): number {
  return one.at - other.at || JSON.stringify(one).localeCompare(JSON.stringify(other));
}

/** Everything a run did, without what is measured on the machine: real durations. */
async function play(seed: number): Promise<Record<string, unknown>> {
  const world = await startFaultWorld({ seed, faults: HARD });
  const settling = async (work: Promise<unknown>) => {
    const [outcome] = await Promise.allSettled([world.whileTimePasses(work)]);
    return outcome.status === 'fulfilled' ? outcome.value : String(outcome.reason);
  };
  try {
    const answers: unknown[] = [];
    for (let round = 0; round < 4; round += 1) {
      for (const site of ['acme', 'globex']) {
        const id = await world.createIssue(site, `round ${round}`);
        await world.rest(site, 'PUT', `/rest/api/3/issue/${id}`, { fields: { summary: `again ${round}` } });
        answers.push(id);
        answers.push(await settling(world.value(site, 'push', { order: round })));
        answers.push(await settling(world.value(site, 'time')));
        answers.push(await settling(world.value(site, 'jiraAsApp', { what: 'serverInfo' })));
      }
      const url = await settling(world.value('globex', 'mailboxUrl'));
      answers.push(await settling(world.value('acme', 'fetch', { url, body: `round ${round}` })));
    }
    const { entries } = (await world.control('/timeline?limit=2000')) as { entries: Entry[] };
    return {
      answers,
      at: world.now() - NOON,
      calls: (await world.control('/calls'))['calls'],
      log: (await world.control('/log'))['lines'],
      timeline: entries.map(withoutMeasured).sort(byMoment),
      kvs: [await world.control('/kvs?site=acme'), await world.control('/kvs?site=globex')],
      faults: (await world.control('/faults'))['active'],
    };
  } finally {
    await world.stop();
  }
}

test('a world with faults does the same again, call by call and event by event', async () => {
  const first = await play(5);
  const second = await play(5);
  expect(second).toEqual(first);
  expect((first['calls'] as unknown[]).length).toBeGreaterThan(40);
  expect((first['calls'] as { fault: boolean }[]).some(({ fault }) => fault)).toBe(true);
}, 120_000);

test('another seed makes another run', async () => {
  const [first, second] = [await play(5), await play(6)];
  expect(second['calls']).not.toEqual(first['calls']);
  expect(second['faults']).not.toEqual(first['faults']);
}, 120_000);
