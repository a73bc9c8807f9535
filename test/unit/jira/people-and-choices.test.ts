/** Finding people and making what a value needs, on an emulated Jira site. */
import type { SiteResult } from '#engine/ports/site-result';
import { emulatedSite } from '../../support/emulated-site';

const time = { now: Date.UTC(2026, 10, 20, 9) };
const acme = emulatedSite('acme', time);
const noor = '712020:e8d4b2f7-16c9-4a3d-b5e0-8a7f3c9d8b08';

function must<T>(result: SiteResult<T>): T {
  if (!result.ok) throw new Error(`${result.failure.kind}: ${result.failure.message}`);
  return result.value;
}

test.each([
  ['by account id, with one call', { id: noor }, noor, 1],
  ['by e-mail where the account is unknown', { id: 'elsewhere', mail: 'noor@harbor.example' }, noor, 2],
  ['not by a name that looks alike', { id: 'elsewhere', mail: 'noor' }, undefined, 2],
  ['nobody', { id: 'elsewhere' }, undefined, 1],
])('a person is found %s', async (_how, person, account, calls) => {
  acme.asked.length = 0;
  expect(must(await acme.site.findAccount(person))?.id).toBe(account);
  expect(acme.asked).toHaveLength(calls);
});

test('somebody who left is found as not active', async () => {
  const greta = '712020:b5f7d3a9-4e16-4c82-90bd-6c2d8e1fad10';
  expect(must(await acme.site.findAccount({ id: greta }))).toMatchObject({ active: false });
});

describe('what is missing is made once', () => {
  async function place(fieldName: string) {
    const { projects } = must(await acme.site.catalog());
    const project = projects.find(({ key }) => key === 'SUP');
    const type = project?.types.find(({ name }) => name === 'Task');
    const field = type?.fields.find(({ name }) => name === fieldName);
    if (project === undefined || type === undefined || field === undefined) throw new Error('not there');
    return { where: { projectId: project.id }, field };
  }

  test.each([
    ['a version', 'Fix versions', { kind: 'version', name: '7.0' }, '7.0'],
    ['a component', 'Components', { kind: 'component', name: 'Kiosk' }, 'Kiosk'],
  ] as const)('%s', async (_what, fieldName, wanted, shown) => {
    const { where } = await place(fieldName);
    must(await acme.site.makeChoice({ ...where, ...wanted }));
    must(await acme.site.makeChoice({ ...where, ...wanted }));
    time.now += 60_000;
    const { field } = await place(fieldName);
    expect(field.options?.filter(({ name }) => name === shown)).toHaveLength(1);
  });
});
