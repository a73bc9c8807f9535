/** Puts a gate before and after every port call of one invocation: it may be killed there, or made to wait for others. */
import type { Ports } from '#engine/ports/ports';

/** The process was killed: nothing after this happened. */
export class CrashSignal extends Error {
  constructor(where: string) {
    super(`killed ${where}`);
    this.name = 'CrashSignal';
  }
}

export interface Gate {
  /**
   * Called before every call, `name` being port and method; what it answers is called after the call. Either throws
   * CrashSignal to kill the invocation there.
   */
  enter(name: string): Promise<() => Promise<void>>;
}

const gated = ['store', 'secrets', 'site', 'queue', 'transport', 'endpoints', 'sealer'] as const;

/** After the gate threw once, every further call of these ports throws too: a dead process does nothing. */
export function gatePorts(ports: Ports, gate: Gate): Ports {
  let death: CrashSignal | undefined;
  async function alive<T>(pass: () => Promise<T>): Promise<T> {
    if (death !== undefined) throw death;
    try {
      return await pass();
    } catch (error) {
      if (error instanceof CrashSignal) death = error;
      throw error;
    }
  }
  const pass: Pass = async (name, act) => {
    const leave = await alive(() => gate.enter(name));
    const result = await act();
    await alive(leave);
    return result;
  };
  const wrapped = gated.map((port) => [port, wrap(port, ports[port], pass)] as const);
  return { ...ports, ...Object.fromEntries(wrapped) };
}

type Pass = (name: string, act: () => unknown) => Promise<unknown>;

function wrap<T extends object>(port: string, target: T, pass: Pass): T {
  return new Proxy(target, {
    get(object, method, receiver) {
      const member: unknown = Reflect.get(object, method, receiver);
      if (typeof member !== 'function') return member;
      return (...parameters: unknown[]) => {
        const act = (): unknown => member.apply(object, parameters);
        // The only members that answer at once.
        return method === 'directory' || method === 'home' ? act() : pass(`${port}.${String(method)}`, act);
      };
    },
  });
}
