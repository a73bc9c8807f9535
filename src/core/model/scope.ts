/** Scope: which projects and issue types are visible in the configuration to this site and to its partner. */
import { z } from 'zod';

/** `all` shows everything, `hide` everything but the chosen ones, `show` only the chosen ones. */
export const scopeRuleSchema = z
  .object({
    mode: z.enum(['all', 'hide', 'show']),
    ids: z.array(z.string().max(64)).max(2_000),
  })
  .refine((rule) => rule.mode !== 'show' || rule.ids.length > 0, {
    message: 'Choose at least one: "Show only selected" with nothing selected would share nothing.',
  });
export type ScopeRule = z.infer<typeof scopeRuleSchema>;

/** Projects by id and issue types by id, each with its own mode. */
export const scopeSchema = z.object({ projects: scopeRuleSchema, issueTypes: scopeRuleSchema });
export type Scope = z.infer<typeof scopeSchema>;
