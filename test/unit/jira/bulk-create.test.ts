/** Many issues with one call, on an emulated site: every one has its mark, and a refused one stops no other. */
import { createJiraSite } from '#jira/create-jira-site';
import { emulatedSite } from '../../support/emulated-site';

const time = { now: Date.UTC(2026, 10, 20, 9) };

async function project(site: ReturnType<typeof emulatedSite>['site']) {
  const catalog = await site.catalog();
  const first = catalog.ok ? catalog.value.projects[0] : undefined;
  const type = first?.types.find(({ subtask }) => !subtask);
  if (first === undefined || type === undefined) throw new Error('the site has no project');
  return { projectId: first.id, typeId: type.id };
}

function mark(twin: string) {
  return { connection: 'link-1', twin };
}

test('what was made and what was refused comes back in the order of the requests, one call for all', async () => {
  const { site, asked } = emulatedSite('acme', time);
  const where = await project(site);
  asked.length = 0;
  const made = await site.createIssues([
    { ...where, fields: { summary: 'One' }, mark: mark('pair-1') },
    { ...where, fields: {}, mark: mark('pair-2') },
    { ...where, fields: { summary: 'Three', customfield_99999: 1 }, mark: mark('pair-3') },
    { ...where, fields: { summary: 'Four' }, mark: mark('pair-4') },
  ]);
  expect(asked).toEqual(['POST /rest/api/3/issue/bulk']);
  if (!made.ok) throw new Error(made.failure.message);
  expect(made.value.map(({ ok }) => ok)).toEqual([true, false, false, true]);
  const [, second, third] = made.value;
  expect(second).toMatchObject({ failure: { kind: 'invalid', fields: { summary: expect.any(String) } } });
  expect(third).toMatchObject({
    failure: { kind: 'invalid', fields: { customfield_99999: expect.any(String) } },
  });
  const keys = made.value.flatMap((one) => (one.ok ? [one.value.key] : []));
  const read = await site.readIssues(keys, ['summary']);
  if (!read.ok) throw new Error(read.failure.message);
  expect(read.value.map(({ marks, fields }) => [fields['summary'], marks])).toEqual([
    ['One', [mark('pair-1')]],
    ['Four', [mark('pair-4')]],
  ]);
});

test('when all are refused, Jira answers 400, and still every one has its reason', async () => {
  const { site } = emulatedSite('acme', time);
  const where = await project(site);
  const made = await site.createIssues([
    { ...where, fields: {}, mark: mark('pair-1') },
    { ...where, typeId: '999999', fields: { summary: 'Two' }, mark: mark('pair-2') },
  ]);
  expect(made).toMatchObject({ ok: true, value: [{ ok: false }, { ok: false }] });
});

test('an answer that does not add up counts as none', async () => {
  const site = createJiraSite({
    request: async () => ({
      status: 201,
      headers: new Headers(),
      text: async () => JSON.stringify({ issues: [{ id: '1', key: 'A-1' }], errors: [] }),
    }),
  });
  const request = { projectId: '1', typeId: '2', fields: { summary: 'x' } };
  const made = await site.createIssues([
    { ...request, mark: mark('pair-1') },
    { ...request, mark: mark('pair-2') },
  ]);
  expect(made).toMatchObject({ ok: false, failure: { kind: 'unavailable' } });
});

test('comments come along with many issues, and a query is counted', async () => {
  const { site } = emulatedSite('acme', time);
  const where = await project(site);
  const made = await site.createIssue({ ...where, fields: { summary: 'One' }, mark: mark('pair-1') });
  if (!made.ok) throw new Error(made.failure.message);
  const { id } = made.value;
  const body = {
    type: 'doc' as const,
    version: 1,
    content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Hello' }] }],
  };
  await site.createComment(id, body, mark('comment-1'));
  const read = await site.readIssues([id], ['summary'], { comments: true });
  expect(read).toMatchObject({ value: [{ fields: { summary: 'One' }, comments: [{ body, marks: [] }] }] });
  const without = await site.readIssues([id], ['summary']);
  expect(without.ok && without.value[0]?.comments).toBe(undefined);
  const counted = await site.countIssues(`project = ${where.projectId} AND key = ${made.value.key}`);
  expect(counted).toEqual({ ok: true, value: 1 });
});

test('mails are silenced where the app may, and the write goes through where it may not', async () => {
  const { site, asked } = emulatedSite('acme', time);
  const where = await project(site);
  const made = await site.createIssue({ ...where, fields: { summary: 'One' }, mark: mark('pair-1') });
  if (!made.ok) throw new Error(made.failure.message);
  asked.length = 0;
  for (const summary of ['Two', 'Three']) {
    const written = await site.writeIssue(made.value.id, { summary }, ['summary'], true);
    expect(written).toMatchObject({ ok: true, value: { fields: { summary } } });
  }
  const quiet = asked.filter((line) => line.includes('notifyUsers=false'));
  // Refused once means that it is not asked for again.
  expect(quiet.length === 2 ? asked.length : asked.length - 1).toBe(2);
});
