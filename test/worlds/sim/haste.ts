/** Worlds in which people edit an issue right after the app has read it, and Jira tells of that at once. */
import { noteChange } from '#engine/note-change';
import { editAField } from './acts';
import { isForgetful } from './forget';
import type { Place } from './place';
import type { Kind, Stage } from './stage';

/** After a reading. */
const hasty = 0.15;

export const haste: Kind = {
  agree: (_lots, contract) => contract,
  async play(lots, stage) {
    for (const jira of stage.jiras) {
      jira.afterRead ??= async (ids) => {
        if (!jira.isCalm() && lots.chance(hasty)) await overtake(stage, jira.place, lots.pick(ids), lots);
      };
    }
  },
  beforeStart: async () => undefined,
  answer: async () => false,
};

/** The usual event would come too, later, and make up for what an engine forgets. */
async function overtake(
  { world, ledger, plan, counts, mappings, slotIds, trace }: Stage,
  place: Place,
  issueId: string,
  random: Parameters<Kind['play']>[0],
): Promise<void> {
  counts.overtaken += 1;
  const usual = world.mischief;
  world.mischief = { ...usual, copies: (what) => (what === 'event' ? 0 : usual.copies(what)) };
  const isCrashing = isForgetful(plan);
  await editAField({ ledger, random, place, mappings, slotIds, isCrashing, isBefore: false, trace }, issueId);
  world.mischief = usual;
  await noteChange(world[place.name].ports(), { kind: 'fields', issueId });
}
