/**
 * Opens a server-sent event stream and hands over each event as it arrives.
 * @param onEvent called with `{event, id, data}`; `data` is parsed JSON
 * @returns once the server has accepted: `{close()}`
 */
export async function openEventStream(url, headers, onEvent) {
  const leaving = new AbortController();
  const answer = await fetch(url, { headers: { accept: 'text/event-stream', ...headers }, signal: leaving.signal });
  if (!answer.ok) throw new Error(`GET ${new URL(url).pathname} answered ${answer.status}.`);
  const reading = read(answer.body, onEvent).catch((error) => {
    if (!leaving.signal.aborted) throw error;
  });
  return {
    close: async () => {
      leaving.abort();
      await reading;
    },
  };
}

async function read(body, onEvent) {
  let pending = '';
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    pending += chunk;
    const blocks = pending.split('\n\n');
    pending = blocks.pop();
    for (const block of blocks) {
      const event = parse(block);
      if (event) onEvent(event);
    }
  }
}

/** A block of `field: value` lines; one without data (a comment, `retry:`) is no event. */
function parse(block) {
  const fields = {};
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) fields[line.slice(0, colon)] = line.slice(colon + 1).trimStart();
  }
  return fields.data === undefined ? undefined : { ...fields, data: JSON.parse(fields.data) };
}
