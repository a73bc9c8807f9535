/** Reads something from the resolver when a page opens, and again on request or on a timer. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { CallAnswer, CallError, CallName, CallRequest } from '../../../../src/api/calls';
import { call } from '../api';

export interface Reading<A> {
  value: A | undefined;
  error: CallError | undefined;
  reload: () => Promise<void>;
}

/** `everyMs`: reads again while the page is visible. The last good value stays on screen while a newer one is read. */
export function useCall<N extends CallName>(
  name: N,
  request: CallRequest<N>,
  everyMs?: number,
): Reading<CallAnswer<N>> {
  const [value, setValue] = useState<CallAnswer<N>>();
  const [error, setError] = useState<CallError>();
  const key = JSON.stringify(request);
  const alive = useRef(true);

  const reload = useCallback(async () => {
    const answer = await call(name, JSON.parse(key) as CallRequest<N>);
    if (!alive.current) return;
    if (answer.ok) setValue(answer.value);
    setError(answer.ok ? undefined : answer.error);
  }, [name, key]);

  useEffect(() => {
    alive.current = true;
    void reload();
    const timer =
      everyMs === undefined
        ? undefined
        : setInterval(() => document.visibilityState === 'visible' && void reload(), everyMs);
    return () => {
      alive.current = false;
      clearInterval(timer);
    };
  }, [reload, everyMs]);

  return { value, error, reload };
}
