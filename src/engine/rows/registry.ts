/** Registry row: all connections of this site on one page, so that an event learns with one read who cares. */
import { z } from 'zod';
import { type Connection, phaseSchema } from './connection';

const registryEntrySchema = z.object({
  id: z.string().max(64),
  phase: phaseSchema,
  /** Started on both sites, agreed and without a brake: changes are sent now. */
  running: z.boolean(),
  /** Has been started here at least once: from then on every change is noted, also while stopped. */
  everStarted: z.boolean(),
  /** Local projects behind its mappings. */
  projectIds: z.array(z.string().max(64)),
});
export type RegistryEntry = z.infer<typeof registryEntrySchema>;

export const registrySchema = z.object({ connections: z.array(registryEntrySchema) });
export type Registry = z.infer<typeof registrySchema>;

/** What the registry says about a connection; derived, so that it can never say something else than the row. */
export function registryEntry(row: Connection): RegistryEntry {
  return {
    id: row.id,
    phase: row.phase,
    running: isRunning(row),
    everStarted: row.run.startedAt !== undefined,
    projectIds: [...new Set(row.bindings.map((binding) => binding.projectId))].sort(),
  };
}

/** True while issue data may leave: joined, agreed, started on both sites, no brake. */
export function isRunning(row: Connection): boolean {
  return (
    row.phase === 'joined' &&
    row.agreedRevision > 0 &&
    row.run.here === 'started' &&
    row.run.there === 'started' &&
    row.brake === undefined
  );
}
