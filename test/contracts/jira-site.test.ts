/** The Site port, mapping and matching on emulated Jira sites: what is read can be written, and what is made is found. */

import { bindingOf, contractOf } from '#core/agreement/split-draft';
import { type LearnedWorkflow, nextTransition } from '#core/mapping/choose-transition';
import { planWrite } from '#core/mapping/plan-write';
import { localFieldIds, readValues } from '#core/mapping/read-values';
import { matchProjects } from '#core/match/match-projects';
import { equalValues } from '#core/merge/equal-values';
import type { MappingBinding } from '#core/model/binding';
import type { CatalogProject } from '#core/model/catalog';
import type { Mapping } from '#core/model/contract';
import type { IssueRead } from '#engine/ports/site';
import type { SiteResult } from '#engine/ports/site-result';
import { adfErrors } from '../support/adf-validity';
import { emulatedSite } from '../support/emulated-site';
import { docOf, paragraphs } from '../support/values';

const time = { now: Date.UTC(2026, 10, 20, 9) };
const acme = emulatedSite('acme', time);
const globex = emulatedSite('globex', time);
const mark = { connection: 'link-1', twin: 'pair-0001' };

let mapping: Mapping;
let here: MappingBinding;
let there: MappingBinding;

function must<T>(result: SiteResult<T>): T {
  if (!result.ok) throw new Error(`${result.failure.kind}: ${result.failure.message}`);
  return result.value;
}
function firstProject(projects: CatalogProject[]): CatalogProject {
  const [first] = projects;
  if (first === undefined) throw new Error('the site has no project');
  return first;
}

beforeAll(async () => {
  const mine = firstProject(must(await acme.site.catalog()).projects);
  const theirs = firstProject(must(await globex.site.catalog()).projects);
  const draft = matchProjects(mine, theirs);
  mapping = contractOf(draft);
  const [ours, others] = [bindingOf(draft, 'mine'), bindingOf(draft, 'theirs')];
  if (ours === undefined || others === undefined) throw new Error('nothing was matched');
  [here, there] = [ours, others];
});

/** All issues of a project on acme; by default the mapped one. */
async function ownIssues(projectId = here.projectId): Promise<IssueRead[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = must(await acme.site.search(`project = ${projectId}`, cursor));
    ids.push(...page.ids);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return must(await acme.site.readIssues(ids.slice(0, 100), localFieldIds(here), { history: true }));
}

test('a mapping of two unlike projects covers every kind of field', () => {
  expect(new Set(mapping.fields.map(({ kind }) => kind))).toEqual(
    new Set(['summary', 'richText', 'priority', 'labels', 'date', 'select', 'status']),
  );
});

test('every issue reads the same one by one and in bulk, and says something in the words of the agreement', async () => {
  const issues = await ownIssues();
  expect(issues.length).toBeGreaterThan(10);
  for (const issue of issues) {
    const one = must(await acme.site.readIssue(issue.id, localFieldIds(here)));
    expect(one).toEqual(issue);
    const { values, unmapped } = readValues(mapping.fields, here, issue.fields);
    expect(unmapped).toEqual([]);
    expect(values['summary']).toEqual({ t: 'text', v: issue.fields['summary'] });
  }
});

test('what one site says can be written as a new issue on the other and reads the same there', async () => {
  const types = new Map(here.types.map(({ slot, typeId }) => [typeId, slot]));
  const open = (await ownIssues()).filter(({ typeId, restricted }) => types.has(typeId) && !restricted);
  for (const [index, issue] of open.slice(0, 25).entries()) {
    const { values } = readValues(mapping.fields, here, issue.fields);
    const plan = planWrite(mapping.fields, there, values, {});
    expect(plan.refused).toEqual({});
    for (const value of Object.values(values)) {
      if (value.t === 'adf' && value.v !== null) expect(adfErrors(value.v)).toEqual([]);
    }
    const slot = types.get(issue.typeId);
    const typeId = there.types.find((type) => type.slot === slot)?.typeId ?? '';
    const request = {
      projectId: there.projectId,
      typeId,
      fields: plan.fields,
      mark: { ...mark, twin: `pair-${index}000` },
    };
    const made = must(await globex.site.createIssue(request));
    const twin = must(await globex.site.readIssue(made.id, localFieldIds(there)));
    expect(twin.marks).toEqual([request.mark]);
    const got = readValues(mapping.fields, there, twin.fields);
    const apart = mapping.fields.filter(
      ({ id, kind }) => kind !== 'status' && !equalValues(values[id], got.values[id]),
    );
    expect(apart.map(({ id }) => [issue.key, id, values[id], got.values[id]])).toEqual([]);
  }
});

async function makeTask(summary: string): Promise<string> {
  const typeId = here.types[0]?.typeId ?? '';
  const fields = { summary, description: paragraphs('one', 'two') };
  return must(await acme.site.createIssue({ projectId: here.projectId, typeId, fields, mark })).id;
}

test('a write is read back in the same answer, and one field that is refused is named', async () => {
  const id = await makeTask('To be changed');
  const written = must(
    await acme.site.writeIssue(id, { summary: 'Changed', labels: ['b', 'a'] }, ['summary', 'labels']),
  );
  const read = must(await acme.site.readIssue(id, ['summary', 'labels']));
  expect([written.fields['summary'], written.fields['labels'], written.updatedAt]).toEqual([
    'Changed',
    read.fields['labels'],
    read.updatedAt,
  ]);
  const refused = await acme.site.writeIssue(id, { summary: 'Fine', priority: { id: '999999' } }, []);
  expect(refused).toMatchObject({
    ok: false,
    failure: { kind: 'invalid', fields: { priority: expect.any(String) } },
  });
  expect(must(await acme.site.readIssue(id, ['summary'])).fields['summary']).toBe('Changed');
});

test('every status can be walked to, step by step', async () => {
  const statuses =
    here.fields.find(({ fieldId }) => fieldId === 'status')?.values?.flatMap(({ locals }) => locals) ?? [];
  expect(statuses.length).toBeGreaterThan(2);
  const id = await makeTask('To be moved');
  for (const target of [...statuses, ...[...statuses].reverse()]) {
    const visited: Record<string, LearnedWorkflow[string]> = {};
    for (;;) {
      const { statusId } = must(await acme.site.readIssue(id, []));
      const available = must(await acme.site.transitions(id));
      const next = nextTransition({
        current: statusId,
        targets: [target],
        available,
        learned: visited,
        left: new Set(Object.keys(visited)),
        supplied: new Set(),
        refused: new Set(),
      });
      if (next.kind !== 'step') {
        expect([next.kind, statusId]).toEqual(['arrived', target]);
        break;
      }
      visited[statusId] = available;
      must(await acme.site.transition(id, next.transition.id));
    }
    time.now += 60_000;
  }
});

test('a create whose answer was lost is found again by its mark, though the index lags', async () => {
  acme.jira.setIndexLag(60_000);
  const before = must(await acme.site.highestIssueNumber(here.projectId));
  const id = await makeTask('Lost');
  expect(must(await acme.site.highestIssueNumber(here.projectId)).number).toBe(before.number);
  const keys = Array.from({ length: 100 }, (_, index) => `${before.projectKey}-${before.number + 1 + index}`);
  const found = must(await acme.site.readIssues(keys, []));
  expect(
    found.filter(({ marks }) => marks.some(({ twin }) => twin === mark.twin)).map((issue) => issue.id),
  ).toContain(id);
  acme.jira.setIndexLag(0);
});

test('comments are made with their mark, listed in order, edited and deleted', async () => {
  const id = await makeTask('To be talked about');
  const first = must(await acme.site.createComment(id, paragraphs('one'), mark));
  const second = must(await acme.site.createComment(id, paragraphs('two'), mark));
  must(await acme.site.updateComment(id, first.id, paragraphs('ONE')));
  const listed = must(await acme.site.listComments(id));
  expect(listed.map((comment) => comment.id)).toEqual([first.id, second.id]);
  const [edited] = listed;
  expect(edited).toMatchObject({ authorName: 'Concord', restricted: false, marks: [mark] });
  expect(equalValues({ t: 'adf', v: edited?.body ?? null }, docOf('ONE'))).toBe(true);
  must(await acme.site.deleteComment(id, first.id));
  expect(await acme.site.readComment(id, first.id)).toMatchObject({ ok: false, failure: { kind: 'gone' } });
});

test('what must not leave is told apart in the seeded data', async () => {
  const projects = must(await acme.site.outline()).projects;
  const issues = (await Promise.all(projects.map(({ id }) => ownIssues(id)))).flat();
  expect(issues.some(({ restricted }) => restricted)).toBe(true);
  const comments = await Promise.all(issues.map(async ({ id }) => must(await acme.site.listComments(id))));
  expect(new Set(comments.flat().map(({ restricted }) => restricted))).toEqual(new Set([true, false]));
});

test('an issue that is not there is gone, not an exception', async () => {
  expect(await acme.site.readIssue('1', [])).toMatchObject({ ok: false, failure: { kind: 'gone' } });
  expect(must(await acme.site.readIssues(['1', 'NOPE-1'], []))).toEqual([]);
});
