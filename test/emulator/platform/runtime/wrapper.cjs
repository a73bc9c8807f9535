/**
 * Bundled as `__forge_wrapper__.cjs`: gives the app the globals that the Forge packages look for and runs one handler.
 * Every platform call goes over HTTP to the emulator, which knows the invocation by its token.
 */
const { AsyncLocalStorage } = require('node:async_hooks');
const { Socket } = require('node:net');
const { join } = require('node:path');

/** Per invocation: `{ runtime, token, log }`. What an invocation leaves behind keeps its own store, as on Lambda. */
const invocations = new AsyncLocalStorage();
const platformFetch = globalThis.fetch;
const backplane = process.env.EMULATOR_BACKPLANE;
const directory = process.env.FORGE_EFS_RUNTIME_PATH;

const LOG_LEVELS = { debug: 20, info: 30, log: 30, warn: 40, error: 50 };

/** Log of what is written outside an invocation, while modules load; it has the limits of the first invocation. */
let outsideLog;

installRuntimeGlobals();
installEgress();
installLogs();

/**
 * Undefined while modules load: @forge/kvs would otherwise keep the token of that moment for ever.
 */
function installRuntimeGlobals() {
  Object.defineProperty(globalThis, '__forge_runtime__', {
    configurable: true,
    get: () => invocations.getStore()?.runtime,
  });
  globalThis.__forge_fetch__ = (meta, path, init) => callPlatform(meta, path, init ?? {});
}

/** Must stand before the app loads: @forge/api keeps the `fetch` it finds then. */
function installEgress() {
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const response = await callPlatform(
      { type: 'egress' },
      request.url,
      requestParts(request, init),
      request.signal,
    );
    const refusal = response.headers.get('forge-proxy-error');
    if (refusal === 'REQUEST_EGRESS_ALLOWLIST_ERR') {
      throw Object.assign(new Error(await response.text()), { name: refusal, status: 403, stack: undefined });
    }
    if (response.headers.has('x-emulator-unreachable')) {
      throw new TypeError('fetch failed', { cause: new Error(await response.text()) });
    }
    return response;
  };
  const allowed = new URL(backplane);
  const connect = Socket.prototype.connect;
  Socket.prototype.connect = function connectToPlatformOnly(...args) {
    const [options] = Array.isArray(args[0]) ? args[0] : args;
    const target =
      typeof options === 'object' && options !== null ? options : { port: options, host: args[1] };
    if (String(target.port) !== allowed.port || (target.host ?? 'localhost') !== allowed.hostname) {
      const name = `${target.path ?? `${target.host ?? 'localhost'}:${target.port}`}`;
      const refusal = new Error(`A function may not open sockets itself (${name}): use fetch`);
      // Later, as a real connection would fail: callers attach their error listeners and write after this.
      this.connecting = true;
      setImmediate(() => this.destroy(refusal));
      return this;
    }
    return connect.apply(this, args);
  };
}

/** The same content in the form of a fetch init, without the content type that fetch makes up for strings. */
function requestParts(request, init) {
  const headers = new Headers(request.headers);
  const given = new Headers(init?.headers ?? {});
  const madeUp = typeof init?.body === 'string' && !given.has('content-type');
  if (madeUp) headers.delete('content-type');
  const bodyless = request.method === 'GET' || request.method === 'HEAD';
  return { method: request.method, headers, body: bodyless ? undefined : request };
}

async function readBody(init) {
  if (init.body instanceof Request) return { headers: init.headers, bytes: await init.body.arrayBuffer() };
  if (init.body === undefined || init.body === null)
    return { headers: new Headers(init.headers), bytes: undefined };
  // A Request knows how to serialise every kind of body, multipart included.
  const request = new Request('http://platform.invalid', {
    ...init,
    method: 'POST',
    duplex: 'half',
    signal: null,
  });
  const headers = new Headers(request.headers);
  if (typeof init.body === 'string' && !new Headers(init.headers).has('content-type')) {
    headers.set('content-type', 'application/json');
  }
  return { headers, bytes: await request.arrayBuffer() };
}

async function callPlatform(meta, path, init, signal) {
  const store = invocations.getStore();
  if (!store) throw new Error(`Platform call outside an invocation: ${path}`);
  const { headers, bytes } = await readBody(init);
  const call = { meta, path, method: (init.method ?? 'GET').toUpperCase(), headers: [...headers] };
  return platformFetch(`${backplane}/call`, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      authorization: `Bearer ${store.token}`,
      'x-forge-call': Buffer.from(JSON.stringify(call)).toString('base64'),
    },
    body: bytes ?? null,
    signal: signal ?? init.signal ?? null,
  });
}

function plainArgument(argument) {
  if (argument instanceof Error) return argument.stack ?? String(argument);
  try {
    JSON.stringify(argument);
    return argument;
  } catch {
    return String(argument);
  }
}

function installLogs() {
  for (const [name, logLevel] of Object.entries(LOG_LEVELS)) {
    console[name] = (...logArguments) => writeLog(logLevel, logArguments.map(plainArgument));
  }
}

function writeLog(logLevel, logArguments) {
  const store = invocations.getStore();
  const log = store?.log ?? outsideLog;
  if (log.cut) return;
  const invocationId = store?.runtime.appContext.invocationId ?? null;
  const line = `${JSON.stringify({ invocationId, logLevel, logArguments })}\n`;
  log.lines += 1;
  log.bytes += Buffer.byteLength(line);
  if (log.lines > log.maxLines || log.bytes > log.maxBytes) {
    log.cut = true;
    const notice = ['Log limit reached: the rest of this invocation is not kept'];
    process.stdout.write(
      `${JSON.stringify({ invocationId, logLevel: 40, logArguments: notice, cut: true })}\n`,
    );
    return;
  }
  process.stdout.write(line);
}

const noMetric = { incr() {}, incrBy() {}, decr() {}, decrBy() {}, set() {}, stop() {} };
const metrics = {
  counter: () => noMetric,
  gauge: () => noMetric,
  timing: () => ({ measure: () => noMetric }),
};

function runtimeOf(meta, lambdaContext) {
  return {
    proxy: { token: meta.token, url: backplane },
    contextAri: meta.contextAri,
    container: {
      region: 'emulator',
      runtime: meta.runtimeName,
      handler: meta.handler,
      appCodeDir: directory,
    },
    appContext: meta.appContext,
    aaid: meta.accountId,
    lambdaContext,
    tracing: meta.tracing,
    realtime: {},
    metrics,
    featureFlags: () => false,
  };
}

function describeError(error) {
  if (error === null || typeof error !== 'object') {
    return { errorMessage: String(error), errorType: 'Error', stack: [] };
  }
  return {
    errorMessage: String(error.message ?? error),
    errorType: String(error.name ?? 'Error'),
    stack: String(error.stack ?? '').split('\n'),
  };
}

/** Runs the handler that `event` names; errors are part of the answer, never thrown. */
exports.main = async (event, lambdaContext) => {
  for (const { key, value } of event.variables) process.env[key] = value;
  const meta = event._meta;
  const [file, name] = event.handler.split('.');
  const store = {
    token: meta.token,
    runtime: runtimeOf({ ...meta, handler: event.handler }, lambdaContext),
    log: { lines: 0, bytes: 0, ...meta.log, cut: false },
  };
  outsideLog ??= { lines: 0, bytes: 0, ...meta.log, cut: false };
  try {
    const handler = require(join(directory, `${file}.cjs`))[name];
    if (typeof handler !== 'function') throw new Error(`The app exports no function ${name} in ${file}`);
    const body = await invocations.run(store, async () => handler(event.body.payload, event.body.context));
    return { success: true, body };
  } catch (error) {
    return { success: false, error: describeError(error) };
  }
};
