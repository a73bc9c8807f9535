/** What the history of our issue tells a decision about the values of the partner. */
import type { Here } from '#core/mapping/here';
import { changedByPeople, type PastValues, pastValues, slotChanges } from '#core/mapping/slot-history';
import type { SlotValues } from '#core/model/value';
import type { RecalledPast } from '#core/reconcile/recalled-base';
import type { UpdateQuestion } from '#core/reconcile/update-plan';
import { changesSince } from '../epoch/forgotten-since';
import type { AgreedMapping } from '../pairs/agreement';
import type { IssueRead } from '../ports/site';

/** Values that were told because this side may have forgotten them. `past`: as `issue.recall` says; `since`: `forgottenSince`. */
export interface Recalled {
  past: RecalledPast['theirs'];
  since: number;
}

/** Of a history with fewer entries nothing is missing (`IssueRead.history`). */
const leastRead = 40;

interface PastWork {
  issue: IssueRead;
  /** As it was read. */
  local: SlotValues;
  here: Here;
  recalled: Recalled | undefined;
}

/** For each question anew: what somebody wrote after we read came after what we read. */
export function issuePast(
  { mapping: { fields }, binding }: AgreedMapping,
  { issue, local, here, recalled }: PastWork,
): (said: SlotValues) => Pick<UpdateQuestion, 'past' | 'isByPerson' | 'recalled'> {
  const past = pastValues(fields, binding, issue.history, { here });
  const byPeople = changedByPeople(binding, issue.history);
  const changed = slotChanges(binding, issue.history);
  const isWhole = issue.history !== undefined && issue.history.length < leastRead;
  return (said) => {
    const withRead = (values: PastValues): PastValues => {
      return (slot) => {
        const read = local[slot];
        return read === undefined || said[slot] === read ? values(slot) : [read, ...values(slot)];
      };
    };
    const all = withRead(past);
    const isByPerson = (slot: string): boolean => said[slot] !== local[slot] || byPeople.has(slot);
    return {
      past: all,
      isByPerson,
      ...(recalled === undefined
        ? {}
        : {
            recalled: {
              theirs: recalled.past,
              recent: withRead(
                pastValues(fields, binding, changesSince(issue.history, recalled.since), { here }),
              ),
              all,
              isByPerson,
              isUntouched: (slot) => said[slot] === local[slot] && isWhole && changed[slot] === undefined,
            },
          }),
    };
  };
}
