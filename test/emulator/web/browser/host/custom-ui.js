// The page's side of the bridge: one frame per module, answers to its calls, modals and flags on its behalf.
import { postJson } from '../page.js';
import { handlers } from './bridge-calls.js';
import { frames, locationUnder, resourcesOrigin, send } from './live-frames.js';

const SANDBOX =
  'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-modals allow-downloads allow-pointer-lock';

/**
 * Puts the module's UI into `container`. `place` = {moduleKey, issueKey?, projectKey?}; `options.modal` is the modal
 * context of a frame in a dialog, `options.resource` another resource of the app, `options.onHeight` gets pixels.
 */
export async function embedModule(container, place, options = {}) {
  const localId = options.localId ?? `local-${crypto.randomUUID()}`;
  const where = { ...place, localId };
  const context = await postJson('/__bridge/context', where);
  const frame = {
    place: where,
    // For dialogs which this frame opens.
    embed: embedModule,
    context: options.modal === undefined ? context : withModal(context, options.modal),
    options,
    subscriptions: new Map(),
    closeCallbacks: [],
    themed: false,
    iframe: document.createElement('iframe'),
  };
  frame.iframe.title = options.title ?? 'App';
  frame.iframe.className = 'custom-ui-frame';
  frame.iframe.setAttribute('sandbox', SANDBOX);
  frame.iframe.dataset.testid = options.modal === undefined ? 'custom-ui' : 'custom-ui-modal';
  frame.iframe.src = addressOf(place, options.resource);
  frames.add(frame);
  container.append(frame.iframe);
  return { frame, remove: () => removeFrame(frame) };
}

function removeFrame(frame) {
  frames.delete(frame);
  frame.iframe.remove();
}

function withModal(context, modal) {
  return { ...context, extension: { ...context.extension, modal } };
}

function addressOf(place, resource) {
  const folder = resource
    ? `/resource/${window.emulator.site}/${encodeURIComponent(resource)}/index.html`
    : `/app/${window.emulator.site}/${encodeURIComponent(place.moduleKey)}/index.html`;
  return `${resourcesOrigin()}${folder}`;
}

async function answer(frame, { id, name, payload }) {
  const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
  if (!handler) {
    const error = `The emulator does not know the bridge call "${name}".`;
    console.error(error, payload);
    send(frame, { kind: 'answer', id, ok: false, error });
    return;
  }
  try {
    send(frame, { kind: 'answer', id, ok: true, value: await handler(frame, payload) });
  } catch (error) {
    send(frame, { kind: 'answer', id, ok: false, error: error.message });
  }
}

window.addEventListener('message', (event) => {
  const frame = [...frames].find((each) => each.iframe.contentWindow === event.source);
  if (!frame || event.origin !== resourcesOrigin() || !event.data?.forgeBridge) {
    return;
  }
  if (event.data.kind === 'height') {
    frame.options.onHeight?.(event.data.height);
    frame.iframe.style.height = `${Math.max(event.data.height, frame.options.minHeight ?? 0)}px`;
  }
  if (event.data.kind === 'call') {
    void answer(frame, event.data);
  }
});

document.addEventListener('emulator:theme', () => {
  for (const frame of frames) {
    if (frame.themed) {
      send(frame, { kind: 'theme', colorMode: document.documentElement.dataset.colorMode });
    }
  }
});

window.addEventListener('popstate', () => {
  for (const frame of frames) {
    if (frame.historyBase) {
      send(frame, { kind: 'location', location: locationUnder(frame.historyBase), action: 'POP' });
    }
  }
});
