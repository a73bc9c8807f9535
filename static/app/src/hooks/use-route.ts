/** Where we are inside the page, kept in the address of Jira's page so that a link leads back here. */
import { view } from '@forge/bridge';
import { createContext, useContext, useEffect, useState } from 'react';

/** `/`, `/new`, `/invitation`, `/s/<id>`, `/s/<id>/<page>` */
export interface Route {
  path: string;
  go: (path: string) => void;
}

type BridgeHistory = Awaited<ReturnType<typeof view.createHistory>>;

export const RouteContext = createContext<Route>({ path: '/', go: () => undefined });

export function useRoute(): Route {
  return useContext(RouteContext);
}

/**
 * Creates the history once. Undefined until it is there, so that a link into the page does not open the list first;
 * where Jira has none, the route lives in memory.
 */
export function useBridgeRoute(): Route | undefined {
  const [history, setHistory] = useState<BridgeHistory>();
  const [path, setPath] = useState<string>();

  useEffect(() => {
    let stop: (() => void) | undefined;
    view
      .createHistory()
      .then((made) => {
        setHistory(made);
        setPath(normal(made.location.pathname));
        stop = made.listen((location) => setPath(normal(location.pathname)));
      })
      .catch(() => setPath('/'));
    return () => stop?.();
  }, []);

  if (path === undefined) return undefined;
  return {
    path,
    go(next) {
      if (history) history.push(next);
      else setPath(next);
    },
  };
}

function normal(pathname: string): string {
  return pathname === '' ? '/' : pathname;
}
