/** What translating one value can come to. */
import type { FieldValue } from '#core/model/value';

/**
 * `unmapped`: what Jira holds, by its name, has no counterpart in the agreement. Beside a value: part of the field has
 * none; that part stays as it is here and does not travel.
 */
export type ToContract = { ok: true; value: FieldValue; unmapped?: string } | { ok: false; unmapped: string };

/** One that must exist before the write, because the binding says that what is missing is made. `parent`: of an option. */
export interface Missing {
  name: string;
  parent?: string;
}

/**
 * `raw`: as Jira REST takes it. `reason`: for an admin, in plain words. `meanwhile`: what a new issue shows as long as the value
 * waits.
 */
export type ToLocal =
  | { ok: true; raw: unknown; makes?: Missing[] }
  | { ok: false; reason: string; meanwhile?: unknown };

/** The partner sent something that is not a value of this kind of field. */
export const wrongKind: ToLocal = {
  ok: false,
  reason: 'The partner sent a value which does not fit this kind of field.',
};
