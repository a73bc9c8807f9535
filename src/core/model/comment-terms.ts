/** What a mapping agrees on about comments beyond whose travel: edits of copies, deletions, and restricted ones. */
import { z } from 'zod';

const audienceId = z.string().regex(/^[a-z0-9-]{1,64}$/);

/** A mapping without these terms: edits of copies stay, deletions delete, restricted comments never travel. */
export const commentTermsSchema = z.object({
  /**
   * What becomes of an edit of the copy of a comment. `stay`: it stays there, and the next edit of the original replaces it.
   * `restore`: the copy is put back. `back`: it becomes an edit of the original, merged by paragraph.
   */
  edits: z.enum(['stay', 'restore', 'back']).optional(),
  /** What becomes of a copy when its original is deleted. One that is withdrawn because it became restricted always goes. */
  deletions: z.enum(['delete', 'keep', 'mark']).optional(),
  /** Roles and groups that exist on both sites: comments restricted to one of them travel, and are restricted over there. */
  audiences: z
    .array(z.object({ id: audienceId, label: z.string().max(255) }))
    .max(50)
    .optional(),
});
export type CommentTerms = z.infer<typeof commentTermsSchema>;

/** Who may see a comment on one site: people in a project role, or in a group, by its name. */
export const audienceSchema = z.object({ type: z.enum(['role', 'group']), name: z.string().min(1).max(255) });
export type Audience = z.infer<typeof audienceSchema>;

/** Which role or group of this site stands for an audience of the agreement. */
export const audienceBindingSchema = audienceSchema.extend({ audience: audienceId });
export type AudienceBinding = z.infer<typeof audienceBindingSchema>;

/** The agreement's word for an audience of this site; undefined: what is said to it stays here. */
export function audienceSlot(
  terms: CommentTerms | undefined,
  bindings: readonly AudienceBinding[] = [],
  { type, name }: Audience,
): string | undefined {
  const bound = bindings.find((one) => one.type === type && one.name === name);
  return terms?.audiences?.find(({ id }) => id === bound?.audience)?.id;
}

/** The audience of this site behind the agreement's word; undefined: nobody here may be told. */
export function audienceHere(
  terms: CommentTerms | undefined,
  bindings: readonly AudienceBinding[] = [],
  slot: string,
): Audience | undefined {
  if (terms?.audiences?.some(({ id }) => id === slot) !== true) return undefined;
  const bound = bindings.find(({ audience }) => audience === slot);
  return bound === undefined ? undefined : { type: bound.type, name: bound.name };
}
