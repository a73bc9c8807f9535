/** HTTP servers on loopback. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';

export interface Door {
  /** Reachable origin without a trailing slash. */
  origin: string;
  close(): Promise<void>;
}

const LOOPBACK_NAMES = new Set(['127.0.0.1', 'localhost', '[::1]']);

function isLoopback(request: Request): boolean {
  return LOOPBACK_NAMES.has(new URL(request.url).hostname);
}

/** Listens on `port` (0 = any free one). Rejects with what to do when the port is occupied. */
export async function openDoor(
  name: string,
  port: number,
  answer: (request: Request) => Response | Promise<Response>,
): Promise<Door> {
  const listener = getRequestListener(
    // A name that somebody else's DNS points at this machine must not become an origin of the emulator.
    (request) =>
      isLoopback(request) ? answer(request) : new Response('Only localhost is served here', { status: 421 }),
    { overrideGlobalObjects: false },
  );
  const server = createServer(listener);
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new Error(
      `Port ${port} (${name}) is in use. Stop the program that listens there, or choose other ports: PORT_BASE=9100 npm start`,
    );
  }
  const address = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
