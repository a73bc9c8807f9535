/** Answers of a fake Jira: a value, or a failure in its words. */
import type { SiteResult } from '#engine/ports/site-result';

export function good<T>(value: T): SiteResult<T> {
  return { ok: true, value };
}

export function gone(message: string): SiteResult<never> {
  return { ok: false, failure: { kind: 'gone', message } };
}

export function denied(message: string): SiteResult<never> {
  return { ok: false, failure: { kind: 'denied', message } };
}

export function invalid(message: string, fields: Record<string, string>): SiteResult<never> {
  return { ok: false, failure: { kind: 'invalid', message, fields } };
}

/** As JSON. */
export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}

export function clone<T>(value: T): T {
  return structuredClone(value);
}
