// The calls of `@forge/bridge` that the emulator answers. A name that is missing here is refused by name.
import { hideFlag, showFlag } from '../flags.js';
import { postJson } from '../page.js';
import { openFrameDialog } from './frame-dialog.js';
import { localAddress, urlOfTarget } from './links.js';
import { callBack, liveFrames, locationUnder } from './live-frames.js';

/** Context and theme travel with the page: the cloud adds the theme in the browser too. */
function currentContext(frame) {
  return { ...frame.context, theme: { colorMode: document.documentElement.dataset.colorMode } };
}

async function invoke(frame, payload) {
  if (payload.invokeType) {
    throw new Error(`The emulator does not know invocations of type "${payload.invokeType}".`);
  }
  const { ok, body, message } = await postJson('/__bridge/invoke', {
    ...frame.place,
    functionKey: payload.functionKey,
    payload: payload.payload,
    modal: frame.options.modal,
  });
  if (!ok) {
    throw new Error(message);
  }
  return payload.metadata ? { body, metadata: {} } : body;
}

function closeDialog(frame, payload) {
  if (!frame.options.close) {
    return false;
  }
  frame.options.close(payload);
  return true;
}

/** Events of one app and public ones of all apps do not mix, even under one name. */
const emitTo = (audience) =>
  function emit(_frame, { event, payload }) {
    for (const other of liveFrames()) {
      for (const wanted of other.subscriptions.values()) {
        if (wanted.event === event && wanted.audience === audience) {
          callBack(other, wanted.callback, payload);
        }
      }
    }
  };

let lastSubscription = 0;
const listenTo = (audience) =>
  function on(frame, { event, callback }) {
    lastSubscription += 1;
    frame.subscriptions.set(lastSubscription, { event, audience, callback });
    return { subscription: lastSubscription };
  };

function navigate(_frame, payload) {
  const address = payload.url === undefined ? urlOfTarget(payload) : localAddress(payload.url);
  if (payload.type === 'new-tab') {
    window.open(address, '_blank', 'noopener');
  } else {
    location.assign(address);
  }
}

/** Only pages that own their address have a history; the cloud refuses it elsewhere too. */
function createHistory(frame) {
  const base = frame.options.historyBase;
  if (!base) {
    throw new Error(`history is not available in ${frame.context.extension.type}.`);
  }
  frame.historyBase = base;
  return { location: locationUnder(base), href: base };
}

function historyMove(frame, { action, location: next }) {
  const pathname = next.pathname === '/' ? '' : next.pathname;
  const address = `${frame.historyBase}${pathname}${next.search}${next.hash}`;
  const state = { bridge: { state: next.state, key: next.key } };
  if (action === 'PUSH') {
    history.pushState(state, '', address);
  } else {
    history.replaceState(state, '', address);
  }
  document.dispatchEvent(new CustomEvent('emulator:moved'));
}

export const handlers = {
  invoke,
  getContext: currentContext,
  fetchProduct: (_frame, payload) => postJson('/__bridge/product', payload),
  enableTheming(frame) {
    frame.themed = true;
    return { colorMode: document.documentElement.dataset.colorMode };
  },
  createHistory,
  historyMove,
  historyGo: (_frame, { delta }) => history.go(delta),
  navigate,
  getUrl: (_frame, target) => new URL(urlOfTarget(target), window.emulator.publicUrl).href,
  reload: () => location.reload(),
  openModal: openFrameDialog,
  close: closeDialog,
  submit: closeDialog,
  open: () => false,
  onClose(frame, callback) {
    if (!frame.options.close) {
      return false;
    }
    frame.closeCallbacks.push(callback);
    return true;
  },
  refresh(frame) {
    if (frame.context.extension.type !== 'jira:issuePanel') {
      return false;
    }
    document.dispatchEvent(new CustomEvent('emulator:refresh'));
    return true;
  },
  changeWindowTitle(_frame, title) {
    document.title = String(title);
  },
  showFlag(frame, options) {
    const actions = (options.actions ?? []).map((action) => ({
      text: action.text,
      onClick: () => callBack(frame, action.onClick),
    }));
    showFlag({ ...options, actions });
    return true;
  },
  closeFlag: (_frame, { id }) => hideFlag(id),
  emit: emitTo('app'),
  emitPublic: emitTo('all'),
  on: listenTo('app'),
  onPublic: listenTo('all'),
  unsubscribe: (frame, { subscription }) => frame.subscriptions.delete(subscription),
  emitReadyEvent: () => undefined,
  getFrameId: (frame) => frame.place.localId,
  isRovoEnabled: () => false,
  openRovo: () => false,
  getCookieConsentPreferences: () => null,
};
