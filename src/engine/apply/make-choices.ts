/** Makes versions, components and options that a write needs and this site lacks, where the binding says so. */
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
  typeId: string,
  plan: WritePlan,
): Promise<Later | undefined> {
  let made = 0;
  for (const { fieldId, kind, missing } of plan.makes) {
    const slot = plan.slots[fieldId] ?? fieldId;
    for (const one of missing) {
      made += 1;
      const place = { projectId: binding.projectId, typeId, fieldId };
      const failed =
        made > mostAtOnce
          ? `More than ${mostAtOnce} new values came with one change.`
          : await make(session, { ...place, ...one, kind: wantedKind(kind) });
      if (typeof failed === 'object') return failed;
      if (failed === undefined) continue;
      plan.refused[slot] = `"${one.name}" could not be made here: ${failed}`;
      delete plan.fields[fieldId];
      break;
    }
  }
  return undefined;
}

async function make(session: Session, wanted: ChoiceWanted): Promise<Later | string | undefined> {
  await session.hold();
  const made = await session.ports.site.makeChoice(wanted);
  if (made.ok) return undefined;
  return isPassing(made.failure) ? later(made.failure) : made.failure.message;
}

function wantedKind(kind: WritePlan['makes'][number]['kind']): ChoiceWanted['kind'] {
  if (kind === 'versions') return 'version';
  return kind === 'components' ? 'component' : 'option';
}
