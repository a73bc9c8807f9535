/** What translating one value can come to. */
import type { FieldValue } from '#core/model/value';

/** `unmapped`: what Jira holds, by its name, has no counterpart in the agreement. */
export type ToContract = { ok: true; value: FieldValue } | { ok: false; unmapped: string };

/** `raw`: as Jira REST takes it. `reason`: for an admin, in plain words. */
export type ToLocal = { ok: true; raw: unknown } | { ok: false; reason: string };

/** The partner sent something that is not a value of this kind of field. */
export const wrongKind: ToLocal = {
  ok: false,
  reason: 'The partner sent a value which does not fit this kind of field.',
};
