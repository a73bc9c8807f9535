/** Jira's timestamps. */
import { z } from 'zod';

/** `2026-01-31T13:05:00.000+0100`, in the user's zone, to milliseconds since the epoch. */
export const momentSchema = z.string().transform((text, context) => {
  const at = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  if (Number.isNaN(at)) context.addIssue({ code: 'custom', message: 'not a timestamp' });
  return at;
});
