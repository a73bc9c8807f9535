/** Runs an invocation marked as under way; an invoker that rejects (the platform stops) counts as a crash. */
import type { Activity, Invocation, InvocationResult, Invoker } from '../seam';

export async function invokeSafely(
  world: { invoker: Invoker; activity: Activity },
  what: string,
  invocation: Invocation,
): Promise<InvocationResult> {
  const end = world.activity.begin(what);
  try {
    return await world.invoker.invoke(invocation);
  } catch (error) {
    return {
      ok: false,
      reason: 'crash',
      message: error instanceof Error ? error.message : String(error),
      durationMs: 0,
    };
  } finally {
    end();
  }
}
