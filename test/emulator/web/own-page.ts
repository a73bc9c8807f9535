/** Tells requests of the emulator's own pages from those of other origins on the same host. */

/**
 * True for a same-origin request that carries the pages' header. Other origins cannot send the header without a
 * preflight, which is never granted, and `Origin` names them anyway.
 */
export function fromOwnPage(request: Request): boolean {
  if (request.headers.get('x-emulator-page') !== '1') {
    return false;
  }
  const origin = request.headers.get('origin');
  const host = request.headers.get('host') ?? new URL(request.url).host;
  return origin === null || new URL(origin).host === host;
}
