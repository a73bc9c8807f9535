/** A resolution goes with the step that closes an issue: most screens show it nowhere else, and Jira refuses it by an edit. */
import { type Moved, moveStatus } from '#engine/apply/move-status';
import { writeRest } from '#engine/apply/write-fields';
import type { Ports } from '#engine/ports/ports';
import type { LocalFields, TransitionRead } from '#engine/ports/site';
import type { Session } from '#engine/stream/session';
import { memoryStore } from '../../support/memory-store';

/** Open, Review, Closed, one after the other; both steps show a resolution, none demands it. */
async function close(screen: string[]): Promise<{ moved: Moved; steps: LocalFields[] }> {
  const steps: LocalFields[] = [];
  const next: Record<string, TransitionRead> = {
    open: { id: '1', toStatusId: 'review', requiredFields: [], screen },
    review: { id: '2', toStatusId: 'closed', requiredFields: [], screen },
  };
  let at = 'open';
  const site = {
    transitions: async () => ({ ok: true, value: next[at] === undefined ? [] : [next[at]] }),
    transition: async (_issue: string, _id: string, fields: LocalFields) => {
      steps.push(fields);
      at = next[at]?.toStatusId ?? at;
      return { ok: true, value: undefined };
    },
  };
  const ports = { site, store: memoryStore({ now: () => 0 }) } as unknown as Ports;
  const moved = await moveStatus(ports, {
    issueId: '10',
    workflow: { projectId: '1', typeId: '1' },
    current: 'open',
    targets: ['closed'],
    supply: { resolution: { name: 'Done' }, summary: 'x' },
    along: { resolution: { name: 'Done' } },
    nameOf: (status) => status,
  });
  return { moved, steps };
}

test('with the last step only, and it says so', async () => {
  const { moved, steps } = await close(['resolution', 'summary']);
  expect(steps).toEqual([{}, { resolution: { name: 'Done' } }]);
  expect(moved).toMatchObject({ kind: 'arrived', carried: ['resolution'] });
});

test('not where the screen does not show it', async () => {
  const { moved, steps } = await close(['summary']);
  expect(steps).toEqual([{}, {}]);
  expect(moved).toMatchObject({ kind: 'arrived', carried: [] });
});

function sessionOf(calls: string[]): Session {
  const issue = { ok: true, value: { id: '10' } };
  const site = {
    writeIssue: async (_id: string, fields: LocalFields) => {
      calls.push(`write ${Object.keys(fields).join()}`);
      return issue;
    },
    readIssue: async () => {
      calls.push('read');
      return issue;
    },
  };
  return { ports: { site }, memory: { isQuiet: false } } as unknown as Session;
}

test.each([
  { fields: { resolution: 1, summary: 's' }, carried: ['resolution'], calls: ['write summary'] },
  { fields: { resolution: 1 }, carried: ['resolution'], calls: ['read'] },
  { fields: { summary: 's' }, carried: [], calls: ['write summary'] },
  { fields: {}, carried: [], calls: [] },
])('what went along is not written again: $calls', async ({ fields, carried, calls }) => {
  const made: string[] = [];
  const written = await writeRest(sessionOf(made), '10', { fields, carried }, []);
  expect(made).toEqual(calls);
  expect(written).toMatchObject({ kind: 'written', refused: {} });
});
