/** Whether this site may tell of an issue to a partner that asks: nobody may have looked at it since it was changed. */
import type { Pair } from '#core/model/pair';
import type { StateDecision } from '#core/reconcile/plan-state';
import { type AgreedMapping, type Agreement, mayLeave } from '../pairs/agreement';
import type { Later } from '../pairs/outcome';
import type { IssueRead } from '../ports/site';
import { setDirty } from '../rows/dirty';
import type { Session } from '../stream/session';
import { isRuled } from './is-ruled';
import { judgeIssues } from './judge-issues';

const outOfScope = 'This issue is restricted or out of scope here. The change waits until it is not.';
const outside = 'This issue does not match the filter here. The change waits until it does.';

interface Question {
  pair: Pair;
  agreed: AgreedMapping;
  issue: IssueRead;
  decided: StateDecision;
}

/**
 * Undefined: it may be told. Otherwise in words, which say nothing of what it holds. The filter is asked anew where the partner is
 * about to hear of it: one call to Jira where a query decides, as `judgeIssues`.
 */
export async function whyHidden(
  session: Session,
  agreement: Agreement,
  { pair, agreed, issue, decided }: Question,
): Promise<string | undefined | Later> {
  if (pair.left?.here !== undefined) return outside;
  if (!mayLeave(agreement, agreed, issue)) return outOfScope;
  if (!tells(decided) || !isRuled(agreement, agreed, pair)) return undefined;
  const failed = await judgeIssues(session, agreement, [issue]);
  if (failed !== undefined || !session.memory.filtered.has(issue.id)) return failed;
  // Nobody has settled that with the partner yet.
  session.noteDirty(setDirty(session.id, issue.id, 'fields', session.ports.clock.now()));
  return outside;
}

/** True when our issue is spoken of whatever it holds by now. */
function tells({ plan, answer }: StateDecision): boolean {
  return plan.kind === 'askState' || answer !== undefined || (plan.kind === 'apply' && plan.asked.length > 0);
}
