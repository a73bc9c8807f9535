/** Runs a call that changes something: busy while it runs, its refusal kept for the screen. */
import { useState } from 'react';
import type { CallAnswer, CallError, CallName, CallRequest } from '../../../../src/api/calls';
import { call } from '../api';

export interface ActionState<N extends CallName> {
  busy: boolean;
  error: CallError | undefined;
  /** Answers the value, or undefined when it was refused (the reason is in `error`). */
  run: (request: CallRequest<N>) => Promise<CallAnswer<N> | undefined>;
  clear: () => void;
}

export function useAction<N extends CallName>(name: N): ActionState<N> {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<CallError>();
  return {
    busy,
    error,
    clear: () => setError(undefined),
    async run(request) {
      setBusy(true);
      setError(undefined);
      const answer = await call(name, request);
      setBusy(false);
      if (answer.ok) return answer.value;
      setError(answer.error);
      return undefined;
    },
  };
}
