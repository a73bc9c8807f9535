// What `@forge/bridge` finds in the iframe: one function that carries calls to the page around it.
(() => {
  const settings = document.currentScript.dataset;
  const sites = JSON.parse(settings.sites);
  const pending = new Map();
  const callbacks = new Map();
  let lastId = 0;

  function post(message) {
    window.parent.postMessage({ forgeBridge: true, ...message }, '*');
  }

  /** Functions cannot cross; the page gets a number and calls it back. */
  function withoutFunctions(value) {
    if (typeof value === 'function') {
      lastId += 1;
      callbacks.set(lastId, value);
      return { __fn: lastId };
    }
    if (Array.isArray(value)) {
      return value.map(withoutFunctions);
    }
    if (value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutFunctions(each)]));
    }
    return value;
  }

  function ask(name, payload) {
    return new Promise((resolve, reject) => {
      lastId += 1;
      pending.set(lastId, { resolve, reject });
      post({ kind: 'call', id: lastId, name, payload: withoutFunctions(payload) });
    });
  }

  const receivers = {
    answer({ id, ok, value, error }) {
      const waiting = pending.get(id);
      pending.delete(id);
      if (ok) {
        waiting?.resolve(value);
      } else {
        waiting?.reject(new Error(error));
      }
    },
    callback({ fn, args }) {
      callbacks.get(fn)?.(...args);
    },
    theme({ colorMode }) {
      document.documentElement.dataset.colorMode = colorMode;
    },
    location({ location, action }) {
      for (const listener of historyListeners) {
        listener(location, action);
      }
    },
  };

  window.addEventListener('message', (event) => {
    if (
      event.source === window.parent &&
      event.data?.forgeBridge &&
      Object.hasOwn(receivers, event.data.kind)
    ) {
      receivers[event.data.kind](event.data);
    }
  });

  // --- history: the same object shape that the cloud gives (history 4), its address kept in the page's own URL

  const historyListeners = new Set();

  async function createHistory() {
    const { location, href } = await ask('createHistory');
    const history = {
      action: 'POP',
      location,
      length: 1,
      createHref: (to) => href + asPath(to),
      listen(listener) {
        historyListeners.add(listener);
        return () => historyListeners.delete(listener);
      },
      push: (to, state) => move('PUSH', to, state),
      replace: (to, state) => move('REPLACE', to, state),
      go: (delta) => void ask('historyGo', { delta }),
      goBack: () => void ask('historyGo', { delta: -1 }),
      goForward: () => void ask('historyGo', { delta: 1 }),
      back: () => void ask('historyGo', { delta: -1 }),
      forward: () => void ask('historyGo', { delta: 1 }),
      block() {
        throw new Error('The emulator does not know history.block.');
      },
    };
    historyListeners.add((next, action) => {
      history.location = next;
      history.action = action;
    });
    function move(action, to, state) {
      const next = asLocation(to, state, history.location);
      history.length += action === 'PUSH' ? 1 : 0;
      void ask('historyMove', { action, location: next });
      receivers.location({ location: next, action });
    }
    return history;
  }

  function asPath(to) {
    return typeof to === 'string' ? to : `${to.pathname ?? ''}${to.search ?? ''}${to.hash ?? ''}`;
  }

  function asLocation(to, state, current) {
    const url = new URL(asPath(to), `http://local${current.pathname}`);
    return {
      pathname: url.pathname,
      search: url.search,
      hash: url.hash,
      state: typeof to === 'string' ? state : (to.state ?? state),
      key: Math.random().toString(36).slice(2, 8),
    };
  }

  // --- theming: tokens come as a style sheet of this origin, so that the policy allows them

  async function enableTheming() {
    const { colorMode } = await ask('enableTheming');
    document.documentElement.dataset.theme = settings.theme;
    document.documentElement.dataset.colorMode = colorMode;
    if (!document.querySelector('link[data-forge-theme]')) {
      await new Promise((resolve, reject) => {
        const link = document.createElement('link');
        link.rel = 'stylesheet';
        link.href = '/__bridge/theme.css';
        link.dataset.forgeTheme = '';
        link.onload = resolve;
        link.onerror = () => reject(new Error('The theme could not be loaded.'));
        document.head.append(link);
      });
    }
  }

  async function subscribe(name, payload) {
    const { subscription } = await ask(name, payload);
    return { unsubscribe: () => void ask('unsubscribe', { subscription }) };
  }

  const local = {
    createHistory,
    enableTheming,
    on: (payload) => subscribe('on', payload),
    onPublic: (payload) => subscribe('onPublic', payload),
  };

  globalThis.__bridge = {
    callBridge: (name, payload) => (Object.hasOwn(local, name) ? local[name](payload) : ask(name, payload)),
  };

  // --- links to the public address of a site lead to where that site really answers

  document.addEventListener(
    'click',
    (event) => {
      const link = event.composedPath().find((each) => each instanceof HTMLAnchorElement);
      for (const [publicUrl, baseUrl] of Object.entries(sites)) {
        if (link && (link.href === publicUrl || link.href.startsWith(`${publicUrl}/`))) {
          link.href = new URL(link.href.slice(publicUrl.length), baseUrl).href;
        }
      }
    },
    true,
  );

  // --- height: the page makes the frame as high as the lowest element, layers included

  let reported = 0;
  function report() {
    if (!document.body) {
      return;
    }
    let lowest = 0;
    for (const element of document.body.querySelectorAll('*')) {
      const { bottom, height } = element.getBoundingClientRect();
      if (height > 0) {
        lowest = Math.max(lowest, bottom + window.scrollY);
      }
    }
    const below = Number.parseFloat(getComputedStyle(document.body).paddingBottom) || 0;
    const height = Math.ceil(lowest + below);
    if (Math.abs(height - reported) > 1) {
      reported = height;
      post({ kind: 'height', height });
    }
  }
  let due = false;
  function reportSoon() {
    if (!due) {
      due = true;
      setTimeout(() => {
        due = false;
        report();
      }, 30);
    }
  }
  document.addEventListener('DOMContentLoaded', () => {
    new MutationObserver(reportSoon).observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    });
    new ResizeObserver(reportSoon).observe(document.body);
    reportSoon();
  });
  window.addEventListener('load', reportSoon);
})();
