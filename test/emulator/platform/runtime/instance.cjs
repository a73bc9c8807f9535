/** The program of one function instance: takes one invocation at a time from its parent and answers it. */
const { join } = require('node:path');

const send = process.send.bind(process);
// The app must not see the channel to the emulator.
process.send = undefined;

const { main } = require(join(process.env.FORGE_EFS_RUNTIME_PATH, '__forge__.cjs'));

process.on('message', async ({ event, deadlineAt }) => {
  const answer = await main(event, {
    awsRequestId: event._meta.appContext.invocationId,
    getRemainingTimeInMillis: () => Math.max(0, deadlineAt - Date.now()),
  });
  // Logs written before the answer leave first, so that a reader finds them when the invocation is over.
  process.stdout.write('', () => send({ answer }));
});
