/** The part of the app's points that this installation plans with. */

/** Five busy sites share the pool; an idle one leaves its part to the others (`core/governor/hour-budget`). */
const usualPercent = 20;

/** The app variable JIRA_POINTS_SHARE, percent: `forge variables set JIRA_POINTS_SHARE 50`. 0 to 1. */
export function pointsShare(): number {
  const percent = Number(process.env['JIRA_POINTS_SHARE']?.trim() || Number.NaN);
  return (percent > 0 && percent <= 100 ? percent : usualPercent) / 100;
}
