/** Makes versions and components that a write needs and this site lacks, where the binding says so. */
import type { WritePlan } from '#core/mapping/plan-write';
import type { AgreedMapping } from '../pairs/agreement';
import { isPassing, type Later, later } from '../pairs/outcome';
import type { ChoiceWanted } from '../ports/site';
import type { Session } from '../stream/session';

/** A partner must not be able to fill a project with thousands of versions by one change. */
const mostAtOnce = 20;

/** What cannot be made takes its field out of the plan, with the reason. Safe to run again: names are made once. */
export async function makeChoices(
  session: Session,
  { binding }: AgreedMapping,
  plan: WritePlan,
): Promise<Later | undefined> {
  let made = 0;
  for (const { fieldId, kind, missing } of plan.makes) {
    const slot = plan.slots[fieldId] ?? fieldId;
    for (const one of missing) {
      made += 1;
      const failed =
        made > mostAtOnce
          ? `More than ${mostAtOnce} new values came with one change.`
          : await make(session, kind, { projectId: binding.projectId, name: one.name });
      if (typeof failed === 'object') return failed;
      if (failed === undefined) continue;
      plan.refused[slot] = `"${one.name}" could not be made here: ${failed}`;
      delete plan.fields[fieldId];
      break;
    }
  }
  return undefined;
}

async function make(
  session: Session,
  kind: WritePlan['makes'][number]['kind'],
  wanted: Omit<ChoiceWanted, 'kind'>,
): Promise<Later | string | undefined> {
  // An app that may add options may administer all of Jira (scope manage:jira-configuration). That is too much for this.
  if (kind !== 'versions' && kind !== 'components') {
    return 'options of a field are added by an administrator, in the settings of the field.';
  }
  await session.hold();
  const made = await session.ports.site.makeChoice({
    ...wanted,
    kind: kind === 'versions' ? 'version' : 'component',
  });
  if (made.ok) return undefined;
  return isPassing(made.failure) ? later(made.failure) : made.failure.message;
}
