/** The way through a workflow: a table of maps, drawn as `from>to`, with what is known of them, what stops, and what is chosen. */
import {
  type AvailableTransition,
  type NextTransition,
  nextTransition,
  stepName,
} from '#core/mapping/choose-transition';

/** `a>b` a step from a to b, `a>b!x` one that demands the field x. The id of a step is its text without the field. */
function draw(map: string): Record<string, AvailableTransition[]> {
  const workflow: Record<string, AvailableTransition[]> = {};
  for (const drawn of map.split(' ').filter((one) => one !== '')) {
    const [id = '', field] = drawn.split('!');
    const [from = '', toStatusId = ''] = id.split('>');
    const step = { id, toStatusId, requiredFields: field === undefined ? [] : [field] };
    workflow[from] = [...(workflow[from] ?? []), step];
  }
  return workflow;
}

interface Row {
  what: string;
  here: string;
  learned?: string;
  to?: string[];
  left?: string[];
  supplied?: string[];
  refused?: string[];
  goes: string;
}

const rows: Row[] = [
  { what: 'there already', here: 'a>b', to: ['b', 'a'], goes: 'arrived' },
  { what: 'one step', here: 'a>x a>z', goes: 'a>z' },
  { what: 'of two targets the preferred', here: 'a>b a>c', to: ['c', 'b'], goes: 'a>c' },
  { what: 'of two ways the shorter', here: 'a>b a>c', learned: 'b>d d>z c>z', goes: 'a>c' },
  { what: 'a known way before an unknown status', here: 'a>u a>b', learned: 'b>c c>z', goes: 'a>b' },
  { what: 'a known dead end is not entered', here: 'a>b a>u', learned: 'b>a', goes: 'a>u' },
  { what: 'an unknown status behind a known one', here: 'a>b', learned: 'b>u b>a', goes: 'a>b' },
  { what: 'a loop ends', here: 'a>b a>a', learned: 'b>a b>b', goes: 'noPath' },
  { what: 'a status that was left is not explored again', here: 'a>b', left: ['b'], goes: 'noPath' },
  { what: 'a left status is entered on a known way', here: 'a>b', learned: 'b>z', left: ['b'], goes: 'a>b' },
  { what: 'a field that is missing', here: 'a>z!resolution', goes: 'a-z needs resolution' },
  { what: 'a field that is supplied', here: 'a>z!resolution', supplied: ['resolution'], goes: 'a>z' },
  { what: 'a longer way without the missing field', here: 'a>z!r a>b', learned: 'b>z', goes: 'a>b' },
  { what: 'the missing field of a later step is named', here: 'a>b', learned: 'b>z!r', goes: 'b-z needs r' },
  { what: 'a refused step has another way', here: 'a>z a>b', learned: 'b>z', refused: ['a>z'], goes: 'a>b' },
  { what: 'a refused step without another way', here: 'a>z', refused: ['a>z'], goes: 'noPath' },
  { what: 'what is available counts more than memory', here: 'a>b', learned: 'a>z b>a', goes: 'noPath' },
  { what: 'nothing leads away', here: '', goes: 'noPath' },
];

function say(next: NextTransition): string {
  if (next.kind === 'step') return next.transition.id;
  return next.kind === 'blocked' ? `${next.at}-${next.to} needs ${next.missing.join()}` : next.kind;
}

test.each(rows)('$what: $goes', ({ here, learned = '', to = ['z'], left, supplied, refused, goes }) => {
  const next = nextTransition({
    current: 'a',
    targets: to,
    available: draw(here)['a'] ?? [],
    learned: draw(learned),
    left: new Set(left),
    supplied: new Set(supplied),
    refused: new Set((refused ?? []).map((id) => stepName('a', id))),
  });
  expect(say(next)).toBe(goes);
});

test('an unknown workflow is walked to the end, and no status is explored twice', () => {
  const workflow = draw('open>triage triage>open triage>progress progress>triage progress>done');
  const walked: string[] = [];
  const learned: Record<string, AvailableTransition[]> = {};
  let current = 'open';
  for (let steps = 0; steps < 10; steps += 1) {
    const available = workflow[current] ?? [];
    learned[current] = available;
    const next = nextTransition({
      current,
      targets: ['done'],
      available,
      learned,
      left: new Set(walked),
      supplied: new Set(),
      refused: new Set(),
    });
    if (next.kind !== 'step') break;
    current = next.transition.toStatusId;
    walked.push(current);
  }
  expect(walked).toEqual(['triage', 'progress', 'done']);
});
