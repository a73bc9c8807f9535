/** Statuses and writes against the emulated Jira: a long way, a screen, a validator, and edits that come in between. */
import { editsBetween, slotChanges } from '#core/mapping/slot-history';
import type { MappingBinding } from '#core/model/binding';
import type { ContractField } from '#core/model/contract';
import { type Moved, moveStatus, type StatusMove } from '#engine/apply/move-status';
import type { Ports } from '#engine/ports/ports';
import type { SiteResult } from '#engine/ports/site-result';
import { type EmulatedSite, emulatedSite } from '../support/emulated-site';
import { memoryStore } from '../support/memory-store';

const time = { now: Date.UTC(2026, 10, 20, 9) };

function must<T>(result: SiteResult<T>): T {
  if (!result.ok) throw new Error(`${result.failure.kind}: ${result.failure.message}`);
  return result.value;
}

async function statusNames({ site }: EmulatedSite): Promise<Map<string, string>> {
  const { projects } = must(await site.catalog());
  const fields = projects.flatMap(({ types }) => types).flatMap((type) => type.fields);
  const options = fields.filter(({ id }) => id === 'status').flatMap((field) => field.options ?? []);
  return new Map(options.map(({ id, name }) => [id, name]));
}

/** Moves issues of a fresh site; what was learned of its workflows is remembered between moves. */
async function mover(key: 'acme' | 'globex') {
  const emulated = emulatedSite(key, time);
  const ports = { site: emulated.site, store: memoryStore({ now: () => time.now }) } as unknown as Ports;
  const names = await statusNames(emulated);
  async function move(issueKey: string, target: string, supply: StatusMove['supply'] = {}): Promise<Moved> {
    const issue = must(await emulated.site.readIssue(issueKey, []));
    time.now += 60_000;
    return moveStatus(ports, {
      issueId: issue.id,
      workflow: { projectId: issue.projectId, typeId: issue.typeId },
      current: issue.statusId,
      targets: [...names].filter(([, name]) => name === target).map(([id]) => id),
      supply,
      nameOf: (status) => names.get(status) ?? status,
    });
  }
  const statusOf = async (issueKey: string): Promise<string> =>
    names.get(must(await emulated.site.readIssue(issueKey, [])).statusId) ?? '';
  return { emulated, move, statusOf };
}

test('a long way, a screen that demands a resolution, and a validator that wants an assignee', async () => {
  const { emulated, move, statusOf } = await mover('globex');
  expect(await move('ENG-8', 'Development')).toMatchObject({ kind: 'arrived' });
  const before = await statusOf('ENG-8');
  expect(before).toBe('Development');
  const without = await move('ENG-8', 'Closed');
  expect(without).toMatchObject({ kind: 'refused', reason: expect.stringMatching(/demands.*Resolution/) });
  expect(await statusOf('ENG-8')).toBe(before);

  const resolution = { name: 'Fixed' };
  const unassigned = await move('ENG-8', 'Closed', { resolution });
  expect(unassigned).toMatchObject({
    kind: 'refused',
    reason: expect.stringContaining('Assign the issue before you close it.'),
  });
  expect(await statusOf('ENG-8')).toBe(before);

  const asked = emulated.asked.length;
  expect(await move('ENG-8', 'Nowhere')).toMatchObject({ kind: 'refused' });
  expect(emulated.asked.length - asked).toBeLessThan(20);
});

test('one step costs two calls, and a field that a screen demands goes with it', async () => {
  const { emulated, move, statusOf } = await mover('acme');
  const asked = emulated.asked.length;
  expect(await move('DEV-2', 'In Review')).toMatchObject({ kind: 'arrived' });
  expect(emulated.asked.slice(asked + 1).map((line) => line.split('?')[0]?.split(' ')[0])).toEqual([
    'GET',
    'POST',
  ]);
  expect(await statusOf('DEV-2')).toBe('In Review');
});

test('what others wrote after our reading stands in the answer of our write, with who and when', async () => {
  const { emulated } = await mover('acme');
  const { site, jira } = emulated;
  const binding: MappingBinding = {
    mapping: 'm',
    projectId: '1',
    types: [{ slot: 't', typeId: '1' }],
    fields: [
      { slot: 's', fieldId: 'summary' },
      { slot: 'l', fieldId: 'labels' },
    ],
  };
  const field = (id: string, kind: 'summary' | 'labels'): ContractField => ({
    id,
    kind,
    label: id,
    direction: 'both',
    policy: 'newest',
  });
  const fields = [field('s', 'summary'), field('l', 'labels')];
  const before = must(await site.readIssue('DEV-2', ['summary', 'labels']));
  const [user] = jira.users();
  if (user === undefined) throw new Error('The site has no users.');
  time.now += 1_000;
  const edited = await jira.handle(
    new Request(`${jira.publicUrl}/rest/api/3/issue/DEV-2`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ fields: { summary: 'In between', labels: ['theirs'] } }),
    }),
    { kind: 'user', accountId: user.accountId },
  );
  expect(edited.status).toBe(204);
  const at = time.now;
  time.now += 1_000;
  const written = must(await site.writeIssue('DEV-2', { summary: 'Ours' }, ['summary', 'labels']));
  expect(written.fields['summary']).toBe('Ours');
  const edits = editsBetween({
    fields,
    binding,
    before: before.history,
    after: written.history,
    written: ['summary'],
    isMoved: false,
  });
  expect(edits).toEqual([{ slot: 's', at, who: user.name, raw: 'In between', text: 'In between' }]);
  // Change times are those of the field, not of the issue.
  expect(slotChanges(binding, written.history)['l']).toEqual({ at, who: user.name });
  expect(slotChanges(binding, written.history)['s']?.at).toBeGreaterThan(at);
});
