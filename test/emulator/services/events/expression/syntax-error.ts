/** An expression the emulator cannot take: found when the app is deployed, never while events flow. */
export class ExpressionSyntaxError extends Error {
  constructor(what: string, at: number) {
    super(`expression, character ${at + 1}: ${what}`);
    this.name = 'ExpressionSyntaxError';
  }
}
