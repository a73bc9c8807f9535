/** Further pages of a listing, read on request behind a first page which is read again on a timer. */
import { useState } from 'react';
import type { CallAnswer, CallError, CallRequest } from '../../../../src/api/calls';
import { callPatiently } from '../api';

type Paged = 'activity' | 'conflicts' | 'history' | 'overwritten';

export interface Older<N extends Paged> {
  pages: CallAnswer<N>[];
  busy: boolean;
  error: CallError | undefined;
  /** Absent when there is nothing more. */
  more?: () => Promise<void>;
}

/** `first`: the cursor behind the first page, as it is now. `also`: what else was asked for; another wish needs another component. */
export function useOlder<N extends Paged>(
  name: N,
  id: string,
  first: string | undefined,
  also: Partial<CallRequest<N>> = {},
): Older<N> {
  const [pages, setPages] = useState<CallAnswer<N>[]>([]);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<CallError>();
  const last = pages.at(-1) as { cursor?: string | undefined } | undefined;
  const cursor = last === undefined ? first : last.cursor;

  async function more(): Promise<void> {
    setBusy(true);
    const answer = await callPatiently(name, { ...also, id, cursor } as CallRequest<N>);
    setBusy(false);
    setError(answer.ok ? undefined : answer.error);
    if (answer.ok) setPages((read) => [...read, answer.value]);
  }
  return { pages, busy, error, ...(cursor === undefined ? {} : { more }) };
}
