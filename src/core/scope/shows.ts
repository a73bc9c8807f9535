/** Says whether a scope rule lets one project or issue type be seen. */
import type { ScopeRule } from '../model/scope';

/** What is new on the site is shown by `all` and `hide`, not by `show`. */
export function shows(rule: ScopeRule, id: string): boolean {
  return rule.mode === 'all' || rule.ids.includes(id) === (rule.mode === 'show');
}
