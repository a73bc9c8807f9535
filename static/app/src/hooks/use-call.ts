/** Reads something from the resolver when a page opens, and again on request or on a timer. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { CallAnswer, CallError, CallName, CallRequest } from '../../../../src/api/calls';
import { callPatiently } from '../api';
import { isBusy } from '../patience';

/** A page that reads on a timer waits twice as long after each refusal because of load, up to this, milliseconds. */
const longestPauseMs = 60_000;

export interface Reading<A> {
  value: A | undefined;
  error: CallError | undefined;
  reload: () => Promise<void>;
}

/**
 * `everyMs`: reads again while the page is visible. The last good value stays on screen while a newer one is read, and while
 * the platform is too busy to answer the timer.
 */
export function useCall<N extends CallName>(
  name: N,
  request: CallRequest<N>,
  everyMs?: number,
): Reading<CallAnswer<N>> {
  const [value, setValue] = useState<CallAnswer<N>>();
  const [error, setError] = useState<CallError>();
  const key = JSON.stringify(request);
  /** The request of the page as it is now; undefined when the page is gone. */
  const wanted = useRef<string>();
  /** Which request the value on screen answers. */
  const shown = useRef<string>();
  const isTimed = everyMs !== undefined;

  const read = useCallback(async () => {
    const answer = await callPatiently(name, JSON.parse(key) as CallRequest<N>);
    const refused = isBusy(answer);
    if (wanted.current !== key) return refused;
    if (answer.ok) {
      shown.current = key;
      setValue(answer.value);
    }
    const isHidden = refused && isTimed && shown.current === key;
    if (!isHidden) setError(answer.ok ? undefined : answer.error);
    return refused;
  }, [name, key, isTimed]);

  useEffect(() => {
    wanted.current = key;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    let pauseMs = everyMs ?? 0;
    async function tick(): Promise<void> {
      const refused = await read();
      pauseMs = refused ? Math.min(pauseMs * 2, longestPauseMs) : (everyMs ?? 0);
      plan();
    }
    function plan(): void {
      if (isOver || everyMs === undefined) return;
      timer = setTimeout(() => (document.visibilityState === 'visible' ? void tick() : plan()), pauseMs);
    }
    void tick();
    return () => {
      isOver = true;
      wanted.current = undefined;
      clearTimeout(timer);
    };
  }, [read, key, everyMs]);

  const reload = useCallback(async () => void (await read()), [read]);
  return { value, error, reload };
}
