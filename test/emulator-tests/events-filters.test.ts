/** `filter.expression` is evaluated for real: a subset of Jira expressions; everything else stops the deploy. */
import { createEventDelivery } from '../emulator/services/events/create-event-delivery';
import { createTestWorld } from './service-world';

const UPDATED = 'avi:jira:updated:issue';
const PAYLOAD = {
  issue: {
    id: '10001',
    key: 'ACME-1',
    fields: {
      issuetype: { name: 'Bug', subtask: false },
      summary: 'A  Leak ',
      project: { key: 'ACME' },
      assignee: null,
      votes: 3,
    },
  },
  changelog: { items: [{ field: 'status' }, { field: 'summary' }] },
};
const RECORDED = { RECEIVE: 0, IGNORE: 0, RECEIVE_AND_LOG: 1, IGNORE_AND_LOG: 1 };

/** How often the function ran for one event, and what the platform noted. */
async function deliver(expression: string, onError?: string) {
  const notes: string[] = [];
  const world = createTestWorld();
  const filter = { expression, ...(onError === undefined ? {} : { onError }) };
  const triggers = [{ key: 'issues', functionKey: 'noteIssue', events: [UPDATED], filter }];
  const delivery = createEventDelivery({
    ...world,
    triggers,
    timeline: { record: ({ text }) => notes.push(text) },
  });
  const actor = { kind: 'user', accountId: 'ada' } as const;
  delivery.deliver(world.acme, { eventType: UPDATED, payload: PAYLOAD, actor });
  await world.clock.advance(0);
  return { runs: world.invocations.length, notes, errors: world.stats.of('acme', 'eventFilterErrors') };
}

const deploy = (expression: string) =>
  createEventDelivery({
    ...createTestWorld(),
    triggers: [{ key: 'issues', functionKey: 'f', events: [UPDATED], filter: { expression } }],
  });

test.each<[string, boolean]>([
  ["event.issue.fields?.issuetype.name == 'Bug'", true],
  ['event.issue.fields["project"].key != "ACME"', false],
  ['event.selfGenerated', false],
  ["!event.selfGenerated && event.atlassianId === 'ada'", true],
  ["event.changelog.items.some(item => item.field == 'status')", true],
  ["event.changelog.items.every((item) => item.field == 'status')", false],
  ["event.changelog.items.filter(i => i.field.includes('a')).length == 2", true],
  ["event.changelog.items.map(i => i.field).includes('summary')", true],
  ["event.changelog.items.map(i => i.field).indexOf('summary') == 1", true],
  ['event.changelog.items.slice(0, 1).length == 1', true],
  ["event.changelog.items[1].field == 'summary'", true],
  ["['Bug', 'Task'].includes(event.issue.fields.issuetype.name)", true],
  ["event.issue.fields.summary.trim().toLowerCase().indexOf('leak') > 0", true],
  ["event.issue.key.slice(0, 4).toUpperCase() == 'AC' + 'ME'", true],
  ['(event.issue.fields.votes + 1) * 2 - 3 % 2 >= 7 && 8 / 2 == 4 && -1 < 0', true],
  ['event.issue.fields.votes > 2 ? false : true', false],
  ["event.issue.fields.assignee?.accountId == 'ada' || event.issue.fields.assignee == null", true],
  ['event.issue.parent?.key.slice(0, 4) == null', true],
  ['event.issue.fields.issuetype.name == 1', false],
  ["event.issue.fields.summary == 'A\\tLeak\\''", false],
])('%s decides: %s', async (expression, passes) => {
  const { runs, errors } = await deliver(expression);
  expect([runs, errors]).toEqual([passes ? 1 : 0, 0]);
});

test.each<[string, string, string]>([
  ['a result that is no Boolean', 'event.issue.key', 'gave String'],
  ['a property the payload has not', "event.issue.fields.issueType.name == 'Bug'", 'no property issueType'],
  ['a property of null', "event.issue.fields.assignee.accountId == 'ada'", 'of null'],
  ['types that cannot be compared', "event.issue.fields.votes < '4'", 'compare Number to String'],
  ['types that cannot be added', "event.issue.fields.votes + 'x' == '3x'", 'Number is needed'],
  ['logic over a number', 'event.issue.fields.votes && true', 'Boolean is needed'],
  ['a list method on a string', "event.issue.key.some(c => c == 'A')", 'String has no method'],
  ['a string method on a number', "event.issue.fields.votes.trim() == ''", 'Number has no method'],
])('%s is an error, which drops the event and is told', async (_what, expression, message) => {
  const { runs, notes, errors } = await deliver(expression);
  expect([runs, errors, notes]).toEqual([0, 1, [expect.stringContaining(message)]]);
});

test.each(Object.entries(RECORDED))('onError %s', async (onError, told) => {
  const { runs, notes } = await deliver('event.missing', onError);
  expect([runs, notes.length]).toEqual([onError.startsWith('RECEIVE') ? 1 : 0, told]);
});

test('an evaluation of more than 50000 steps is an error', async () => {
  const many = `[${Array.from({ length: 60 }, (_, n) => n).join()}]`;
  const nested = (depth: number): string =>
    depth === 0
      ? 'true'
      : `${depth === 1 ? many : '[1,2,3,4,5,6,7,8,9,10]'}.every(x${depth} => ${nested(depth - 1)})`;
  expect((await deliver(nested(2))).runs).toBe(1);
  const { runs, notes } = await deliver(nested(4));
  expect([runs, notes]).toEqual([0, [expect.stringContaining('50000 steps')]]);
});

test.each<[string, string, string]>([
  ['more than 10000 characters', `'${'x'.repeat(10_000)}' == ''`, '10000 characters'],
  ['a statement', 'let a = 1; a == 1', 'not known here'],
  ['try and catch', 'try { return true; } catch (e) { return false; }', '"{"'],
  ['a template', '`x` == "x"', 'not known'],
  ['a regular expression', 'event.issue.key.match(/A/) != null', 'match()'],
  ['an object', '{a: 1}.a == 1', '"{"'],
  ['typeof', "typeof event == 'Map'", '"typeof"'],
  ['an unknown variable', 'user.accountId == event.atlassianId', '"user"'],
  ['a variable of a lambda outside of it', 'event.changelog.items.some(i => true) && i == 1', '"i"'],
  ['a method that is not emulated', "event.issue.key.split('-').length == 2", 'split()'],
  ['a wrong number of arguments', "event.issue.key.slice(1) == 'x'", '2 arguments'],
  ['an entity property', "event.runtime.issue.properties['k'].v == 1", 'entity properties'],
  ['an open string', "event.issue.key == 'x", 'not closed'],
  ['an unknown escape', "event.issue.key == '\\q'", '\\q'],
  ['an open bracket', '(event.selfGenerated', 'ends too early'],
  ['nothing', '', 'ends too early'],
])('%s in an expression stops the deploy', (_what, expression, message) => {
  expect(() => deploy(expression)).toThrow(message);
});
