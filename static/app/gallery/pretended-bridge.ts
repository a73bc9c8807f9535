/** Stands for Jira's side of the page: answers what `@forge/bridge` asks with the data of one screen. */
import type { CallName, CallResult } from '../../../src/api/calls';
import type { Screen } from './screen';

/** For tests: while `__isBusy` is set, the platform takes no call. */
const scope = globalThis as { __isBusy?: boolean };
const busy: CallResult<CallName> = { ok: false, error: { code: 'busy', message: 'Busy.' } };

type Listener = (location: { pathname: string }, action: string) => void;

/** `isBusy`: a call has not been answered yet; calls that never will be do not count. */
export function installBridge(screen: Screen, colorMode: 'light' | 'dark'): { isBusy: () => boolean } {
  let open = 0;
  let answered = 0;
  const asked: { name: CallName; request: unknown }[] = [];
  const handlers: Record<string, (payload: unknown) => unknown> = {
    getContext: () => ({
      moduleKey: screen.path === 'panel' ? 'concord-panel' : 'synchronizations',
      locale: 'en_US',
      theme: { colorMode },
      extension: {},
    }),
    enableTheming() {
      document.documentElement.dataset['colorMode'] = colorMode;
    },
    createHistory: () => createHistory(screen.path),
    async invoke(payload) {
      const { name, request } = (payload as { payload: { name: CallName; request: unknown } }).payload;
      open += 1;
      asked.push({ name, request });
      await new Promise((resolve) => setTimeout(resolve, screen.slow?.[name] ?? 0));
      const answer = scope.__isBusy === true ? busy : answerTo(screen, name, request);
      open -= 1;
      answered += 1;
      document.documentElement.dataset['answered'] = String(answered);
      return answer === 'never' ? new Promise(() => undefined) : answer;
    },
    navigate: () => undefined,
  };
  Object.assign(scope, {
    /** For tests: everything that was asked, in order. */
    __asked: asked,
    __bridge: {
      callBridge(name: string, payload: unknown): Promise<unknown> {
        const handler = handlers[name];
        if (handler === undefined)
          return Promise.reject(new Error(`The pretended bridge does not know ${name}.`));
        return Promise.resolve(handler(payload));
      },
    },
  });
  return { isBusy: () => open > 0 };
}

function answerTo(screen: Screen, name: CallName, request: unknown): CallResult<CallName> | 'never' {
  const answer = screen.answers[name] as ((request: unknown) => CallResult<CallName> | 'never') | undefined;
  if (answer !== undefined) return answer(request);
  return { ok: false, error: { code: 'unavailable', message: `The screen has no answer to ${name}.` } };
}

/** The part of the history object which the app uses. */
function createHistory(path: string) {
  const listeners = new Set<Listener>();
  const history = {
    location: { pathname: path, search: '', hash: '' },
    listen(listener: Listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    push(pathname: string) {
      history.location = { pathname, search: '', hash: '' };
      for (const listener of listeners) listener(history.location, 'PUSH');
    },
  };
  return history;
}
