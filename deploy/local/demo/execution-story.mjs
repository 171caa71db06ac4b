import { openEventStream } from './event-stream.mjs';
import { SANDBOX, contactInSandbox } from './sandbox-facts.mjs';

const ENDED = new Set(['completed', 'failed', 'cancelled']);
const LONGEST_MS = 30_000;

/**
 * Executes the helper with the API key and prints request, answer, events, contact before and after, timeline.
 * @throws Error when the execution does not complete within 30 seconds
 */
export async function executeAndWatch({ config, env, say, api, owner, helper, apiKey }) {
  const { label } = SANDBOX.numericField;
  const before = await contactInSandbox(config.sandboxUrl, env);
  say(`Contact ${SANDBOX.contactId} (${before.name}) before: ${label} = ${before.value ?? 'not set'}`);

  const watcher = await watchExecutions(config.publicUrl, owner.headers, helper.helper_id, say);
  try {
    const path = `/helper/${helper.short_key}/execute`;
    const body = { contact_id: SANDBOX.contactId };
    say(`\n> POST ${config.publicUrl}${path}`);
    say(`> x-api-key: ${apiKey.slice(0, 16)}...`);
    say(`> ${JSON.stringify(body)}\n`);
    const answer = await api.as({ 'x-api-key': apiKey }).post(path, body);
    const traceId = answer.headers.get('x-trace-id');
    say(`< ${answer.status} Accepted`);
    say(`< x-trace-id: ${traceId}`);
    say(`< ${JSON.stringify(answer.data)}\n`);

    const last = await watcher.ended(answer.data.execution_id);
    if (last.status !== 'completed') {
      throw new Error(`the execution ended as ${last.status}: ${last.error_message ?? 'no reason given'}`);
    }
    const after = await contactInSandbox(config.sandboxUrl, env);
    say(`\nContact ${SANDBOX.contactId} (${after.name}) after: ${label} = ${after.value ?? 'not set'}`);
    await printTimeline(owner, answer.data.execution_id, say);
    say(`\nTrace id       ${traceId}`);
    say(`Try it again   curl -X POST ${config.publicUrl}${path} \\`);
    say(`                 -H 'x-api-key: ${apiKey}' -H 'content-type: application/json' \\`);
    say(`                 -d '${JSON.stringify(body)}'\n`);
  } finally {
    await watcher.close();
  }
}

async function watchExecutions(publicUrl, headers, helperId, say) {
  const ended = new Map();
  const url = `${publicUrl}/executions/stream?helper_id=${encodeURIComponent(helperId)}`;
  const stream = await openEventStream(url, headers, ({ event, data }) => {
    const detail = [data.attempt > 1 && `attempt ${data.attempt}`, data.waiting && `waits: ${data.waiting.reason}`];
    const notes = detail.filter(Boolean).map((note) => `, ${note}`);
    const duration = ENDED.has(data.status) ? ` after ${data.duration_ms} ms` : '';
    say(`  event ${event}: ${data.status}${duration}${notes.join('')}`);
    if (ENDED.has(data.status)) ended.set(data.execution_id, data);
  });
  return {
    close: () => stream.close(),
    async ended(executionId) {
      const deadline = Date.now() + LONGEST_MS;
      while (!ended.has(executionId)) {
        if (Date.now() > deadline) throw new Error(`no event told the end of ${executionId} within 30 seconds`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return ended.get(executionId);
    },
  };
}

async function printTimeline(owner, executionId, say) {
  const { data } = await owner.get(`/executions/${executionId}/events`);
  const first = new Date(data.events[0]?.at).getTime();
  say('\nTimeline');
  for (const { at, type, message } of data.events) {
    const offset = String(new Date(at).getTime() - first).padStart(5);
    say(`${offset} ms  ${type.padEnd(10)} ${message}`);
  }
}
