import { type JoinerEvent, type JoinerPhase, joinerTransition } from '#core/connection/joiner';

const phases: JoinerPhase[] = ['received', 'joining', 'joined', 'rejected', 'deleted'];
const welcome = (rightSecret: boolean): JoinerEvent => ({ type: 'welcome', rightSecret });

/** Event, then the phase that follows each of `phases`; a dash: not possible. */
const table: [string, JoinerEvent, string[]][] = [
  ['accept', { type: 'accept' }, ['joining', 'joining', '-', '-', '-']],
  ['reject', { type: 'reject' }, ['rejected', 'rejected', '-', '-', '-']],
  ['withdrawn by the inviter', { type: 'withdrawn' }, ['deleted', 'deleted', '-', '-', '-']],
  ['a welcome with the right secret', welcome(true), ['-', 'joined', 'joined', '-', '-']],
  ['a welcome with a wrong secret', welcome(false), ['-', '-', '-', '-', '-']],
  ['delete', { type: 'deleted' }, ['deleted', 'deleted', 'deleted', 'deleted', 'deleted']],
  ['goodbye', { type: 'goodbye' }, ['deleted', 'deleted', 'deleted', 'deleted', 'deleted']],
];

describe('joinerTransition', () => {
  test.each(table)('%s', (_what, event, expected) => {
    expect(phases.map((phase) => joinerTransition(phase, event) ?? '-')).toEqual(expected);
  });
});
