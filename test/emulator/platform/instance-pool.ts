/**
 * The warm instances of the deployed version, shared by all sites.
 *
 * A function that calls another site's webtrigger keeps its instance while it waits. Were the callee to wait for the same
 * slots, enough such callers would block each other for ever. So each depth of nesting has slots of its own: who waits for a
 * slot at depth n waits only for invocations which themselves wait at depth n + 1, and there is no circle.
 */
import { createInstance, type FunctionInstance, type InstanceOptions } from './instance';

export interface PoolOptions extends Omit<InstanceOptions, 'memoryMb'> {
  /** Invocations which run at once at each depth. */
  slots: number;
  /** True: every invocation gets a fresh process. */
  cold: boolean;
}

export interface InstancePool {
  /** Waits for a slot and an instance, runs `work`, gives both back. */
  use<T>(memoryMb: number, depth: number, work: (instance: FunctionInstance) => Promise<T>): Promise<T>;
  /** Ends idle instances: a new version or new variables start cold. */
  recycle(): void;
  /** Ends every instance. */
  stop(): void;
  size(): number;
  /** Changes how many run at once and whether each starts cold; what is undefined is as at the start. */
  reshape(shape: { slots?: number | undefined; cold?: boolean | undefined }): void;
}

interface Depth {
  running: number;
  waiting: (() => void)[];
}

/** An empty pool; processes start when needed and stay warm. */
export function createInstancePool(options: PoolOptions): InstancePool {
  const depths = new Map<number, Depth>();
  const idle: FunctionInstance[] = [];
  const busy = new Set<FunctionInstance>();
  let { slots, cold } = options;
  let generation = 0;
  let stopped = false;

  const depthOf = (depth: number): Depth => {
    const known = depths.get(depth) ?? { running: 0, waiting: [] };
    depths.set(depth, known);
    return known;
  };
  const takeSlot = async (depth: Depth): Promise<void> => {
    if (depth.running < slots) {
      depth.running += 1;
      return;
    }
    // The slot passes from hand to hand: `running` stays as it is.
    await new Promise<void>((resolve) => depth.waiting.push(resolve));
  };
  const giveSlot = (depth: Depth): void => {
    const next = depth.running > slots ? undefined : depth.waiting.shift();
    if (next) next();
    else depth.running -= 1;
  };
  const wakeWaiting = (depth: Depth): void => {
    while (depth.running < slots) {
      const next = depth.waiting.shift();
      if (!next) return;
      depth.running += 1;
      next();
    }
  };
  const takeInstance = (memoryMb: number): FunctionInstance => {
    while (true) {
      const at = idle.findLastIndex((instance) => instance.memoryMb === memoryMb);
      const [instance] = at < 0 ? [] : idle.splice(at, 1);
      if (!instance) return createInstance({ ...options, memoryMb });
      if (instance.alive()) return instance;
    }
  };
  const giveInstance = (instance: FunctionInstance, takenIn: number): void => {
    busy.delete(instance);
    if (!instance.alive()) return;
    if (stopped || cold || takenIn !== generation) {
      instance.kill('recycled');
      return;
    }
    idle.push(instance);
    // Instances of deeper levels are a burst; only as many as there are slots stay warm.
    while (idle.length > slots) idle.shift()?.kill('idle');
  };
  return {
    async use(memoryMb, depth, work) {
      const level = depthOf(depth);
      await takeSlot(level);
      const takenIn = generation;
      try {
        if (stopped) throw new Error('The emulator is stopping');
        const instance = takeInstance(memoryMb);
        busy.add(instance);
        try {
          return await work(instance);
        } finally {
          giveInstance(instance, takenIn);
        }
      } finally {
        giveSlot(level);
      }
    },
    recycle() {
      generation += 1;
      for (const instance of idle.splice(0)) instance.kill('recycled');
    },
    stop() {
      stopped = true;
      for (const instance of idle.splice(0)) instance.kill('stopped');
      for (const instance of busy) instance.kill('stopped');
    },
    size: () => idle.length + busy.size,
    reshape(shape) {
      slots = shape.slots ?? options.slots;
      cold = shape.cold ?? options.cold;
      while (idle.length > (cold ? 0 : slots)) idle.shift()?.kill('idle');
      for (const depth of depths.values()) wakeWaiting(depth);
    },
  };
}
