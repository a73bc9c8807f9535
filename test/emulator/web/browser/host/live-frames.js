// The frames of the app that stand in this page, and how to speak to them.

export const frames = new Set();

/** Where the app's files come from; only its frames are listened to. */
export function resourcesOrigin() {
  const url = new URL(window.emulator.resources);
  url.hostname = location.hostname;
  return url.origin;
}

/** Sends to the frame; functions of the frame are called by their number. */
export function send(frame, message) {
  frame.iframe.contentWindow?.postMessage({ forgeBridge: true, ...message }, resourcesOrigin());
}

export function callBack(frame, fn, ...args) {
  if (fn && typeof fn === 'object' && '__fn' in fn) {
    send(frame, { kind: 'callback', fn: fn.__fn, args });
  }
}

/** Every live frame of this page, for events between them. */
export function liveFrames() {
  return [...frames];
}

/** The part of the page's address that belongs to the app. */
export function locationUnder(base) {
  const rest = location.pathname.startsWith(base) ? location.pathname.slice(base.length) : '';
  const stored = history.state?.bridge ?? {};
  return {
    pathname: rest.startsWith('/') ? rest : `/${rest}`,
    search: location.search,
    hash: location.hash,
    state: stored.state,
    key: stored.key ?? 'default',
  };
}
