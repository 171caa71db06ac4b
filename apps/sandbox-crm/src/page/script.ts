/** The script of all pages: without it they work and stand still. */
export const SCRIPT = String.raw`const MOST_SHOWN = 100;
const REFRESH_MS = 300;
const RETRY_MS = 2_000;

const section = document.querySelector('#effects');
if (section !== null) follow(section);

function follow(section) {
  const [list, state, pause, none] = ['list', 'state', 'pause', 'none'].map((name) =>
    document.querySelector('#effects-' + name),
  );
  let cursor = section.dataset.cursor;
  let source;

  const tell = (text) => {
    if (state.textContent !== text) state.textContent = text;
  };
  const take = (handle) => (event) => {
    cursor = event.lastEventId;
    handle(JSON.parse(event.data));
    refreshSoon();
  };

  function show(html) {
    const template = document.createElement('template');
    template.innerHTML = html;
    template.content.firstElementChild.classList.add('changed');
    list.prepend(template.content);
    while (list.children.length > MOST_SHOWN) list.lastElementChild.remove();
    none.hidden = true;
  }

  function start() {
    const url = new URL(section.dataset.stream, location.href);
    url.searchParams.set('after', cursor);
    source = new EventSource(url);
    source.onopen = () => tell('Live');
    source.onerror = ({ target }) => {
      tell('Not connected; trying again');
      // After an answer that is no stream the browser gives up.
      if (target.readyState === EventSource.CLOSED) setTimeout(() => target === source && start(), RETRY_MS);
    };
    source.addEventListener('effect', take(({ html }) => show(html)));
    source.addEventListener('skipped', take(({ count }) => show('<li>' + Number(count) + ' more were left out</li>')));
    source.addEventListener('cleared', take(() => {
      list.replaceChildren();
      none.hidden = false;
    }));
  }

  pause.hidden = false;
  pause.addEventListener('click', () => {
    const paused = source === undefined;
    if (paused) start();
    else {
      source.close();
      source = undefined;
      tell('Paused');
    }
    pause.textContent = paused ? 'Pause' : 'Go on';
  });
  addEventListener('pagehide', () => source?.close());
  addEventListener('pageshow', (event) => {
    if (event.persisted && source !== undefined) start();
  });
  start();
}

let refreshing = false;
let outdated = false;

/** One at a time; what happens meanwhile is seen by the next one. */
function refreshSoon() {
  outdated = true;
  if (refreshing) return;
  refreshing = true;
  setTimeout(async () => {
    outdated = false;
    try {
      await refresh();
    } catch (error) {
      console.warn('The page could not be refreshed', error);
    }
    refreshing = false;
    if (outdated) refreshSoon();
  }, REFRESH_MS);
}

/** Fetches this page anew and takes over the parts that now look different. */
async function refresh() {
  const answer = await fetch(location.href);
  if (answer.status === 404) return location.reload();
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  for (const part of document.querySelectorAll('[data-live]')) {
    const next = fresh.querySelector('[data-live="' + CSS.escape(part.dataset.live) + '"]');
    if (next === null) part.remove();
    else if (next.innerHTML !== part.innerHTML) {
      const focused = part.contains(document.activeElement);
      next.classList.add('changed');
      part.replaceWith(next);
      if (focused) next.querySelector('a')?.focus();
    }
  }
}
`;
