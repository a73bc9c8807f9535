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
  /** Called around every call, `name` being port and method; throws CrashSignal to kill the invocation there. */
  pass(when: 'before' | 'after', name: string): Promise<void>;
}

const gated = ['store', 'secrets', 'site', 'queue', 'transport', 'endpoints', 'sealer'] as const;

/** After the gate threw once, every further call of these ports throws too: a dead process does nothing. */
export function gatePorts(ports: Ports, gate: Gate): Ports {
  let death: CrashSignal | undefined;
  async function pass(when: 'before' | 'after', name: string): Promise<void> {
    if (death !== undefined) throw death;
    try {
      await gate.pass(when, name);
    } catch (error) {
      if (error instanceof CrashSignal) death = error;
      throw error;
    }
  }
  const wrapped = gated.map((port) => [port, wrap(port, ports[port], pass)] as const);
  return { ...ports, ...Object.fromEntries(wrapped) };
}

function wrap<T extends object>(port: string, target: T, pass: Gate['pass']): T {
  return new Proxy(target, {
    get(object, method, receiver) {
      const member: unknown = Reflect.get(object, method, receiver);
      if (typeof member !== 'function') return member;
      return (...parameters: unknown[]) => {
        const result: unknown = method === 'directory' ? member.apply(object, parameters) : undefined;
        if (result !== undefined || method === 'directory') return result;
        return passing(`${port}.${String(method)}`, () => member.apply(object, parameters), pass);
      };
    },
  });
}

async function passing(name: string, act: () => unknown, pass: Gate['pass']): Promise<unknown> {
  await pass('before', name);
  const result = await act();
  await pass('after', name);
  return result;
}
