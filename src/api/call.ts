/** One call: what the screen sends and what it gets. */
import type { z } from 'zod';

/** `who`: `admin` a Jira admin, `viewer` anybody who sees the issue. */
interface Call<Q extends z.ZodType, A extends z.ZodType> {
  who: 'admin' | 'viewer';
  request: Q;
  answer: A;
}

export function call<Q extends z.ZodType, A extends z.ZodType>(
  who: 'admin' | 'viewer',
  request: Q,
  answer: A,
): Call<Q, A> {
  return { who, request, answer };
}
