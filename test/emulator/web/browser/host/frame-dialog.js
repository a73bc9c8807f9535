// A modal dialog which the app opened: another frame on the same resource, with its own context.
import { h } from '../dom.js';
import { callBack } from './live-frames.js';

const WIDTHS = { small: 400, medium: 600, large: 800, xlarge: 968 };

function sizeOf(size) {
  if (typeof size === 'object') {
    return { width: size.width, height: size.height };
  }
  if (size === 'fullscreen' || size === 'max') {
    return { width: '96vw', height: '88vh' };
  }
  return { width: `${WIDTHS[size] ?? WIDTHS.medium}px`, height: undefined };
}

/** Opens the dialog; resolves once it is there. The opener's `onClose` gets what the dialog was closed with. */
export async function openFrameDialog(opener, options) {
  const { width, height } = sizeOf(options.size);
  const body = h('div', { class: 'frame-dialog-body' });
  const dialog = h(
    'dialog',
    { class: 'dialog frame-dialog', 'data-testid': 'app-modal', style: `width:min(${width}, 96vw)` },
    options.title ? h('h2', {}, options.title) : null,
    body,
  );
  dialog.setAttribute('aria-label', options.title || 'App dialog');
  document.body.append(dialog);
  dialog.showModal();
  let frame;
  let closed = false;
  const close = (payload) => {
    if (closed) {
      return;
    }
    closed = true;
    for (const callback of frame?.frame.closeCallbacks ?? []) {
      callBack(frame.frame, callback, payload);
    }
    callBack(opener, options.onClose, payload);
    // The frame's own callbacks must arrive before the frame goes.
    setTimeout(() => {
      frame?.remove();
      dialog.close();
      dialog.remove();
    }, 0);
  };
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    if (options.closeOnEscape !== false) {
      close();
    }
  });
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog && options.closeOnOverlayClick !== false) {
      close();
    }
  });
  const { moduleKey, issueKey, projectKey } = opener.place;
  const frameOptions = {
    modal: options.context ?? {},
    resource: options.resource ?? opener.options.resource,
    title: options.title || 'App dialog',
    minHeight: 120,
    close,
  };
  try {
    frame = await opener.embed(body, { moduleKey, issueKey, projectKey }, frameOptions);
  } catch (error) {
    dialog.remove();
    throw error;
  }
  if (height) {
    frame.frame.iframe.style.minHeight = height;
  }
  return true;
}
